// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.review.AuditSize;
import org.digitrecognizer.scan.ScanLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthsTest {

  @TempDir private Path directory;

  /** A notebook's session scores night after night. */
  @Test
  void labelsLeaveTheExecutorsWithTheRun() throws IOException {
    Path file = Files.writeString(directory.resolve("labels.csv"), "entry,label\na.png,7\n");
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
    Truth truth;
    try (Truths truths = Truths.open(options(file), null, new Configuration(), context)) {
      truth = truths.truth();
      assertThat(truth.of("any", "a.png")).hasValue(7);
    }
    assertThatThrownBy(() -> truth.of("any", "a.png"))
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("destroyed");
  }

  private ScoreOptions options(Path labels) {
    org.apache.hadoop.fs.Path nowhere = new org.apache.hadoop.fs.Path(directory.toUri());
    return new ScoreOptions(
        directory.toString(),
        nowhere,
        null,
        nowhere,
        new org.apache.hadoop.fs.Path(labels.toUri()),
        null,
        null,
        1,
        ArchiveLimits.DEFAULT,
        ScanLimits.DEFAULT,
        CutLimits.DEFAULT,
        0.001,
        SiteOptions.NONE,
        false,
        AuditSize.NONE,
        0,
        false,
        false);
  }
}
