// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {

  @TempDir private Path directory;
  private Night night;

  @BeforeEach
  void archive() throws IOException {
    night = new Night(directory);
    night.put("night.zip", Scans.zip(Scans.pngs(0, 5)));
  }

  @Test
  void labelsGoIntoTheRowsAndTheMetrics() throws IOException {
    Path labels = directory.resolve("labels.csv");
    Files.writeString(labels, "entry,label\n00000.png,7\n00003.png,0\nnone.png,1\n");

    CommandRun run = night.score("--labels", labels.toString()).succeeded();

    assertThat(run.out()).contains("1 of 3\u00a0labels").contains("match nothing that was found");
    assertThat(night.predictions())
        .extracting(row -> row.<Integer>getAs("label"))
        .containsExactly(7, null, null, 0, null);
    assertThat(night.metrics().get("labelled").asInt()).isEqualTo(2);
  }

  @Test
  void labelsInNames() throws IOException {
    night.put(
        "named.zip", Scans.zip(Map.of("x-label7.png", Scans.png(0), "other.png", Scans.png(1))));

    night.score("--label-pattern", "label(\\d)").succeeded();

    for (Row row : night.predictions()) {
      Integer expected = row.getAs("entry").equals("x-label7.png") ? 7 : null;
      assertThat(row.<Integer>getAs("label")).isEqualTo(expected);
    }
  }

  @Test
  void labelsThatComeAfterTheReadingCountInTheReport() throws IOException {
    night.score().succeeded();
    assertThat(night.metrics().get("labelled").asInt()).isZero();
    Path labels = directory.resolve("labels.csv");
    Files.writeString(labels, "entry,label\n00000.png,7\n00003.png,0\n");

    assertThat(night.score("--labels", labels.toString()).succeeded().out())
        .contains("Nothing new to read.")
        .contains("2\u00a0labels came after the reading: they count in the report");
    assertThat(night.metrics().get("labelled").asInt()).isEqualTo(2);
    assertThat(night.metrics().get("accuracy").isNumber()).isTrue();
    assertThat(night.output().resolve("report/index.html"))
        .content()
        .contains("labels.csv (for 2\u00a0readings, 2 of them read before it was given)");

    night.score("--labels", labels.toString(), "--overwrite").succeeded();
    assertThat(night.metrics().get("labelled").asInt()).isEqualTo(2);
    assertThat(night.score("--labels", labels.toString()).succeeded().out())
        .doesNotContain("came after the reading");
  }

  @Test
  void saysHowManyNamesAPatternMatches() throws IOException {
    assertThat(night.score("--label-pattern", "label(\\d)").succeeded().out())
        .contains("--label-pattern finds a digit in the names of 0 of 5\u00a0readings");
    assertThat(night.score("--label-pattern", "0000([0-3])").succeeded().out())
        .contains("--label-pattern finds a digit in the names of 4 of 5\u00a0readings")
        .contains("4\u00a0labels came after the reading");
    assertThat(night.score("--label-pattern", "0000(\\d)").succeeded().out())
        .doesNotContain("finds a digit");
  }

  @Test
  void refusesAPatternThatIsNone() {
    assertThat(night.score("--label-pattern", "label").refused())
        .contains("Invalid value for option '--label-pattern': label")
        .contains("must be a regular expression with one group: it has 0 groups, not one");
    assertThat(night.score("--label-pattern", "(").refused())
        .contains("must be a regular expression with one group: Unclosed group");
  }
}
