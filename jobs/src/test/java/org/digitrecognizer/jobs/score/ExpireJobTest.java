// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is old goes, and what it came to stays. */
@Tag("slow")
class ExpireJobTest {

  @TempDir private Path directory;
  private Night night;

  /** Half of what is read goes to people, some of the rest is audited. */
  private CommandRun score(String... more) {
    return night.score(
        Stream.concat(Stream.of("--target-error", "0.3", "--audit", "3"), Stream.of(more))
            .toArray(String[]::new));
  }

  private CommandRun expire(String... more) {
    return CommandRun.digits(
        Stream.concat(
                Stream.of("expire", "--output", night.output().toString(), "--older-than", "90d"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private Path path(String name) {
    return night.output().resolve(name);
  }

  private JsonNode figures() throws IOException {
    return ((ObjectNode) night.metrics()).without("about");
  }

  private void verify() {
    assertThat(score("--verify").succeeded().out()).contains("all as they were written");
  }

  private List<Row> standing() {
    return TestSpark.session()
        .read()
        .parquet(path("final").toString())
        .where("batch = 1")
        .orderBy("source")
        .collectAsList();
  }

  @Test
  void oldPicturesAndRowsGoAndWhatTheyCameToStays() throws IOException {
    night = new Night(directory);
    night.put("a.zip", Scans.zip(Scans.pngs(0, 12)));
    night.put("empty.png", new byte[0]);
    score().succeeded();
    night.put("b.zip", Scans.zip(Scans.pngs(20, 8)));
    score().succeeded();
    assertThat(expire("--rows").succeeded().out()).contains("There is nothing to drop");
    night.age();
    JsonNode metrics = figures();
    JsonNode certificate = night.json("report/certificate.json");
    List<Row> standing = standing();

    assertThat(expire().succeeded().out()).contains("dropped the pictures of 1 batch");
    assertThat(path("_pictures/batch=0")).doesNotExist();
    assertThat(path("_pictures/batch=1")).exists();
    assertThat(path("report/review")).doesNotExist();
    for (String page : List.of("report/index.html", "report/runs/1/index.html")) {
      assertThat(path(page)).content().contains("were dropped").doesNotContain("data:image");
    }
    assertThat(path("report/runs/1/review.csv")).exists();
    assertThat(night.runMetrics(1).get("scored").asInt()).isEqualTo(12);
    verify();

    assertThat(expire("--rows").succeeded().out()).contains("the rows of 1 batch");
    assertThat(night.predictions()).hasSize(8);
    assertThat(night.rejected()).isEmpty();
    assertThat(path("final/batch=0")).doesNotExist();
    assertThat(path("report/runs/1/review.csv")).doesNotExist();
    assertThat(standing()).isEqualTo(standing);
    verify();

    score().succeeded();
    assertThat(figures()).as("added up anew, with what went").isEqualTo(metrics);
    assertThat(night.json("report/certificate.json")).isEqualTo(certificate);
    assertThat(path("report/review/index.html")).exists();
    assertThat(path("report/index.html")).content().doesNotContain("were dropped");
    assertThat(standing()).isEqualTo(standing);
    verify();
    assertThat(expire("--rows").succeeded().out()).contains("There is nothing to drop");
  }

  @Test
  void aDeathInTheMiddleIsMadeUpForByTheSameCommand() throws IOException {
    night = new Night(directory);
    night.put("a.zip", Scans.zip(Scans.pngs(0, 6)));
    score().succeeded();
    night.age();
    FileUtils.copyDirectory(path("predictions").toFile(), directory.resolve("kept").toFile());
    expire("--rows").succeeded();
    // As if it had died before the files went.
    FileUtils.copyDirectory(directory.resolve("kept").toFile(), path("predictions").toFile());
    night.reseal("_runs/expired.json", expired -> expired.put("gone", false));
    assertThat(score("--verify").failed()).contains("run 'expire' again, which was cut short");

    assertThat(expire("--rows").succeeded().out()).contains("There is nothing to drop");
    assertThat(path("predictions/batch=0")).doesNotExist();
    verify();
    night.put("b.zip", Scans.zip(Scans.pngs(20, 4)));
    score().succeeded();
    assertThat(night.metrics().get("scored").asInt()).isEqualTo(10);
    assertThat(night.predictions()).hasSize(4);
  }

  @Test
  void whatIsNoOutputIsLeftAlone() throws IOException {
    night = new Night(directory);
    Files.createDirectories(night.output());
    assertThat(expire().failed()).contains("is no output of score");
    assertThat(
            CommandRun.digits(
                    "expire", "--output", night.output().toString(), "--older-than", "soon")
                .refused())
        .contains("'--older-than'", "a number of days, as in 90d");
  }
}
