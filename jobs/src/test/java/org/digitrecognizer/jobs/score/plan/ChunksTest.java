// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.digitrecognizer.jobs.launch.spark.Pipeline;
import org.digitrecognizer.jobs.score.Night;
import org.digitrecognizer.jobs.score.Scans;
import org.digitrecognizer.jobs.score.output.CommitLog;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much is committed at once. */
class ChunksTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 50, 1000})
  void noMoreImagesThanAKillMayCostAreUnderWay(int imagesUnderWay) throws IOException {
    Night night = new Night(directory);
    night.put("night.zip", Scans.zip(Scans.pngs(0, 20)));
    night.put("night.tar", Scans.tar(Scans.pngs(20, 15)));
    for (int i = 0; i < 5; i++) {
      night.put("folder/" + i + ".png", Scans.png(i));
    }

    night.score("--batch-images", "" + imagesUnderWay).succeeded();

    List<CommitRecord> records = records(night);
    int chunkImages = Math.max(1, imagesUnderWay / Pipeline.AT_ONCE);
    assertThat(records).allMatch(record -> record.found() <= chunkImages);
    assertThat(records.stream().mapToLong(CommitRecord::found).sum()).isEqualTo(40);
    assertThat(night.predictions()).hasSize(40);
  }

  @Test
  void aRangeIsSmallerThanItsChunk() {
    assertThat(new Planner(null, 100_000, 2).rangeImages()).isEqualTo(2048);
    assertThat(new Planner(null, 100_000, 64).rangeImages()).isEqualTo(390);
    assertThat(new Planner(null, 100, 2).rangeImages()).isEqualTo(50);
    assertThat(new Planner(null, 1, 2).rangeImages()).isEqualTo(1);
  }

  private static List<CommitRecord> records(Night night) throws IOException {
    OutputLayout layout = new OutputLayout(new org.apache.hadoop.fs.Path(night.output().toUri()));
    return CommitLog.open(FileSystem.getLocal(new Configuration()), layout, List.of()).all();
  }
}
