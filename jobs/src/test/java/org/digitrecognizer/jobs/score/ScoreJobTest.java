// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.storage.OutputLock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job by its command line: what it writes, and what it does when it is run again. */
class ScoreJobTest {

  private static final String PLACE =
      "struct<source:string,archive:string,ordinal:bigint,entry:string,page:int,";

  @TempDir private Path directory;
  private Night night;

  @BeforeAll
  static void startSpark() {
    TestSpark.session();
    SmallModel.trained();
  }

  @BeforeEach
  void openNight() throws IOException {
    night = new Night(directory);
  }

  private String schema(String kind) {
    return TestSpark.session()
        .read()
        .parquet(night.output().resolve(kind).toString())
        .drop("batch", "chunk")
        .schema()
        .simpleString();
  }

  @Test
  void writesColumnsAsPromised() throws IOException {
    night.put("night.zip", Scans.zip(Scans.pngs(0, 20)));
    CommandRun run = night.score().succeeded();

    assertThat(run.out())
        .contains("Read 20 of 20 new images in ", " images/s); 0 rejected")
        .contains("Report on this run: ")
        .contains("/report/runs/1/index.html")
        .contains("/report/index.html");
    assertThat(schema("predictions"))
        .isEqualTo(PLACE + "digit:int,confidence:double,probabilities:array<float>,label:int>");
    assertThat(schema("rejected")).isEqualTo(PLACE + "reason:string,detail:string>");
    assertThat(night.rejected()).isEmpty();
    for (Row row : night.predictions()) {
      List<Float> probabilities = row.getList(row.fieldIndex("probabilities"));
      assertThat(probabilities).hasSize(10);
      assertThat(probabilities.stream().mapToDouble(Float::doubleValue).sum())
          .isCloseTo(1, within(1e-6));
      int digit = row.getAs("digit");
      assertThat(row.<Double>getAs("confidence"))
          .isEqualTo((double) probabilities.get(digit))
          .isEqualTo(probabilities.stream().mapToDouble(Float::doubleValue).max().orElseThrow());
      assertThat(row.<Object>getAs("label")).isNull();
    }
    assertThat(night.metrics().get("images").asInt()).isEqualTo(20);
    assertThat(night.metrics().get("scored").asInt()).isEqualTo(20);
    assertThat(night.metrics().get("rejected")).isEmpty();
    assertThat(night.json("status.json").get("state").asText()).isEqualTo("DONE");
    assertThat(night.json("status.json").get("done").asInt()).isEqualTo(20);
  }

  @Test
  void anOutputOfNothingButRejectsReads() throws IOException {
    night.put("a.png", new byte[0]);
    assertThat(night.score().succeeded().out()).contains("Read 0 of 1 new images", "1 rejected");
    assertThat(night.predictions()).isEmpty();
    assertThat(night.rejected()).hasSize(1);
    assertThat(schema("predictions")).startsWith(PLACE + "digit:int");
  }

  @Test
  void anEmptyFolderIsNoError() throws IOException {
    assertThat(night.score().succeeded().out()).contains("Nothing new to read.");
    assertThat(night.predictions()).isEmpty();
    assertThat(night.rejected()).isEmpty();
    night.put("a.png", Scans.png(0));
    night.score().succeeded();
    assertThat(night.predictions()).hasSize(1);
  }

  @Test
  void theSecondNightReadsOnlyWhatIsNew() throws IOException {
    night.put("monday.zip", Scans.zip(Scans.pngs(0, 12)));
    night.put("empty.png", new byte[0]);
    night.score().succeeded();
    List<Map<String, Object>> before = night.content();

    assertThat(night.score().succeeded().out())
        .contains("Nothing new to read.")
        .doesNotContain("this run");
    assertThat(night.content()).isEqualTo(before);
    assertThat(night.output().resolve("report/runs/2")).doesNotExist();

    night.put("below/tuesday.tar", Scans.tar(Scans.pngs(12, 7)));
    night.put(
        "blank.pgm", "P2 9 9 255 ".concat("255 ".repeat(81)).getBytes(StandardCharsets.US_ASCII));
    assertThat(night.score().succeeded().out())
        .contains("Read 7 of 8 new images", "1 rejected", "/report/runs/2/index.html");
    assertThat(night.content()).containsAll(before).hasSize(12 + 1 + 7 + 1);
    assertThat(night.runMetrics(2).get("images").asInt()).isEqualTo(8);
    assertThat(night.runMetrics(2).get("scored").asInt()).isEqualTo(7);
    assertThat(night.runMetrics(2).get("rejected").toString()).isEqualTo("{\"BLANK\":1}");
    assertThat(night.runMetrics(1).get("rejected").toString()).isEqualTo("{\"EMPTY\":1}");
    assertThat(night.metrics().get("images").asInt()).isEqualTo(21);
    assertThat(night.metrics().get("rejected").toString()).isEqualTo("{\"EMPTY\":1,\"BLANK\":1}");
    assertThat(lines("report/runs/2/review.csv")).isLessThanOrEqualTo(1 + 7);
    assertThat(night.json("status.json").get("run").asInt()).isEqualTo(2);
  }

  private long lines(String file) throws IOException {
    return Files.readAllLines(night.output().resolve(file)).size();
  }

  @Test
  void anotherModelsReadingsDoNotMix() throws IOException {
    night.put("a.zip", Scans.zip(Scans.pngs(0, 5)));
    night.score().succeeded();
    List<Map<String, Object>> before = night.content();
    String other = SmallModel.untrained(directory.resolve("other")).toString();
    night
        .score("--model", other)
        .failedWith(
            "digits score: file:"
                + night.output()
                + " was scored with another model; choose a new --output, or pass --overwrite to"
                + " score all of it again");
    assertThat(night.content()).isEqualTo(before);

    night.score("--model", other, "--overwrite").succeeded();
    assertThat(night.predictions()).hasSize(5);
    assertThat(night.content()).isNotEqualTo(before);
    assertThat(night.metrics().get("images").asInt()).isEqualTo(5);
    night.score("--overwrite").succeeded();
    assertThat(night.content()).isEqualTo(before);
  }

  @Test
  void readingsOfAnotherNormalisationDoNotMix() throws IOException {
    night.put("a.zip", Scans.zip(Scans.pngs(0, 5)));
    night.score().succeeded();
    List<Map<String, Object>> before = night.content();
    night.reseal("_score.json", identity -> identity.put("normalisation", "another"));
    assertThat(night.score().failed())
        .contains(" was scored with another normalisation; choose a new --output");
    assertThat(night.content()).isEqualTo(before);
  }

  /** All that is less sure than the threshold, the least certain first. */
  @Test
  void theReviewListIsCompleteAndInOrder() throws IOException {
    night.put("a.zip", Scans.zip(Scans.pngs(0, 130)));
    StringBuilder labels = new StringBuilder("entry,label\n");
    List<LabelledDigit> digits = SmallMnist.test(130);
    for (int i = 0; i < digits.size(); i++) {
      labels.append("%05d.png,%d%n".formatted(i, digits.get(i).label()));
    }
    Path file = Files.writeString(directory.resolve("labels.csv"), labels);
    night.score("--labels", file.toString(), "--target-error", "0.75").succeeded();
    JsonNode threshold = night.metrics().get("threshold");
    assertThat(threshold.isNumber()).as(threshold.toString()).isTrue();
    List<String> expected =
        night.predictions().stream()
            .filter(row -> row.<Double>getAs("confidence") < threshold.asDouble())
            .sorted(Comparator.comparingDouble(row -> row.<Double>getAs("confidence")))
            .map(row -> row.<String>getAs("source"))
            .toList();
    assertThat(expected).isNotEmpty().hasSizeLessThan(130);
    List<String> review = Files.readAllLines(night.output().resolve("report/review.csv"));
    assertThat(review.subList(1, review.size()).stream().map(line -> line.split(",", -1)[0]))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void whatIsNoOutputIsNotOverwritten() throws IOException {
    night.put("a.png", Scans.png(0));
    Files.createDirectories(night.output());
    Files.writeString(night.output().resolve("thesis.txt"), "mine");
    assertThat(night.score().failed()).contains("exists already");
    assertThat(night.score("--overwrite").failed()).contains("thesis.txt");
    assertThat(night.output().resolve("thesis.txt")).hasContent("mine");

    Files.delete(night.output().resolve("thesis.txt"));
    Path chapter = night.output().resolve("report/chapter-1.tex");
    Files.createDirectories(chapter.getParent());
    Files.writeString(chapter, "mine");
    assertThat(night.score("--overwrite").failed())
        .contains(
            "holds no _score.json, so it may be no score output and --overwrite leaves it alone");
    assertThat(chapter).hasContent("mine");
  }

  @Test
  void twoRunsAtOnceDoNotMix() throws IOException {
    night.put("a.png", Scans.png(0));
    Files.createDirectories(night.output());
    FileSystem fs = FileSystem.getLocal(new Configuration());
    OutputLayout layout = new OutputLayout(new org.apache.hadoop.fs.Path(night.output().toUri()));
    try (OutputLock first = OutputLock.acquire(fs, layout.root())) {
      assertThat(night.score().failed())
          .startsWith("digits score: Another run is writing to file:" + night.output())
          .endsWith("; wait until it has ended, or choose another --output");
      first.requireHeld();
    }
    assertThat(night.output().resolve("predictions")).doesNotExist();
    night.score().succeeded();
    assertThat(night.predictions()).hasSize(1);
  }

  @Test
  void saysWhatOneTaskMustReadAlone() throws IOException {
    night.put("a.tgz", Scans.pack("gz", Scans.tar(Scans.pngs(0, 3))));
    night.put("b.zip", Scans.zip(Scans.pngs(3, 3)));
    assertThat(night.score().succeeded().out())
        .contains(
            "1\u00a0archive can only be read from front to back (compressed tar, or damaged), each"
                + " by one task");
  }

  /** Chunks of 50 and ranges of a few entries, or all of it at once: the rows are the same. */
  @Test
  void readingsDoNotDependOnHowTheWorkIsSplit() throws IOException {
    night.put("a.zip", Scans.zip(Scans.pngs(0, 130)));
    night.put("b.tar", Scans.tar(Scans.pngs(100, 60)));
    night.put("c.tgz", Scans.pack("gz", Scans.tar(Scans.pngs(160, 40))));
    night.put("d.png", Scans.png(77));
    night.put("e.png", new byte[0]);
    night.score("--batch-images", "100000").succeeded();
    List<Map<String, Object>> whole = night.content();
    assertThat(whole).hasSize(232);
    assertThat(chunks()).isEqualTo(1);

    night.score("--chunk-images", "50", "--overwrite").succeeded();
    assertThat(night.content()).isEqualTo(whole);
    assertThat(chunks()).isGreaterThan(4);
  }

  private long chunks() {
    return TestSpark.session()
        .read()
        .parquet(night.output().resolve("predictions").toString())
        .select("batch", "chunk")
        .distinct()
        .count();
  }
}
