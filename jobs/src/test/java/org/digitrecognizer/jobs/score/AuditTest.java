// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.review.SourceHash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands without a person is audited, and certified. */
@Tag("slow")
class AuditTest {

  private static final int AUDIT = 5;

  @TempDir private Path directory;
  private Night night;
  private int files;

  @BeforeEach
  void aNight() throws IOException {
    night = new Night(directory);
    night.put("a.zip", Scans.zip(Scans.pngs(0, 20)));
    night.put("empty.png", new byte[0]);
  }

  /** With so lax a target all of it stands. */
  private CommandRun score(String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(List.of("--target-error", "1", "--audit", Integer.toString(AUDIT)));
    return night.score(options.toArray(String[]::new));
  }

  private static List<Row> drawn(Night night, int run) {
    return TestSpark.session()
        .read()
        .parquet(night.output().resolve("_audit/run=" + run + ".parquet").toString())
        .orderBy("source")
        .collectAsList();
  }

  private List<Row> drawn(int run) {
    return drawn(night, run);
  }

  /** Lets somebody key an item; a value, or what was read where that is null. */
  private String keyed(Row item, String value, String who, boolean blind) {
    return keyed(item, value, who, blind, 2);
  }

  private String keyed(Row item, String value, String who, boolean blind, int day) {
    String keyed = value == null ? item.getAs("digit").toString() : value;
    return String.join(
        ",",
        SourceHash.id(item.getAs("source")),
        keyed,
        who,
        "2026-01-0" + day + "T03:04:05.000Z",
        "1.5",
        blind ? "1" : "0");
  }

  /** Returns another digit than was read. */
  private static String other(Row item) {
    return Integer.toString((item.<Integer>getAs("digit") + 1) % 10);
  }

  private void correct(List<String> lines) throws IOException {
    Path file = directory.resolve("answers-" + files++ + ".csv");
    Files.writeString(file, "id,value,who,when,seconds,blind\n" + String.join("\n", lines) + "\n");
    CommandRun.digits(
            "correct", "--output", night.output().toString(), "--corrections", file.toString())
        .succeeded();
  }

  private JsonNode certificate(String folder) throws IOException {
    return night.json("report/" + folder + "certificate.json");
  }

  /** Counts what stands, by whom, and checks that each image is there once. */
  private Map<String, Long> standing() {
    Map<String, Long> by = new TreeMap<>();
    List<Row> rows =
        TestSpark.session()
            .read()
            .parquet(night.output().resolve("final").toString())
            .collectAsList();
    rows.forEach(row -> by.merge(row.getAs("by"), 1L, Long::sum));
    assertThat(rows.stream().map(row -> row.<String>getAs("source")).distinct())
        .hasSameSizeAs(rows);
    return by;
  }

  private static void assertCounts(
      JsonNode certificate, int audited, int right, int wrong, int unanswered) {
    assertThat(certificate.get("audited").asInt()).as("audited").isEqualTo(audited);
    assertThat(certificate.get("right").asInt()).as("right").isEqualTo(right);
    assertThat(certificate.get("wrong").asInt()).as("wrong").isEqualTo(wrong);
    assertThat(certificate.get("unanswered").asInt()).as("unanswered").isEqualTo(unanswered);
  }

  private String page() throws IOException {
    return Files.readString(night.output().resolve("report/review/page-0001.html"));
  }

  @Test
  void anAuditIsDrawnAndItsAnswersAreCertified() throws IOException {
    String out = score().succeeded().out();
    assertThat(out).contains("audited 5, no answer counts yet");
    List<Row> drawn = drawn(1);
    assertThat(drawn).hasSize(AUDIT);
    JsonNode first = certificate("runs/1/");
    assertCounts(first, AUDIT, 0, 0, AUDIT);
    assertThat(first.get("accepted").asInt()).isEqualTo(20);
    assertThat(first.get("atMost").asDouble()).isEqualTo(1);
    assertThat(first.get("atLeast").asDouble()).isZero();
    assertThat(first.get("archives").asInt()).isEqualTo(2);
    assertThat(first.get("archivesSha256").asText()).hasSize(64);
    assertThat(first.get("modelSha256").asText())
        .isEqualTo(night.json("_score.json").at("/value/modelSha256").asText());
    for (Row item : drawn) {
      assertThat(page()).contains(SourceHash.id(item.getAs("source")));
    }

    assertThat(standing()).isEqualTo(Map.of("machine", 20L, "open", 1L));
    assertThat(
            TestSpark.session()
                .read()
                .parquet(night.output().resolve("_pictures").toString())
                .where("sure")
                .count())
        .as("no more are kept than are drawn of what is sure")
        .isLessThanOrEqualTo(AUDIT);

    List<String> answers = new ArrayList<>();
    drawn.forEach(item -> answers.add(keyed(item, null, "Ann", true)));
    answers.set(0, keyed(drawn.get(0), other(drawn.get(0)), "Ann", true));
    answers.set(1, keyed(drawn.get(1), null, "Ann", false));
    correct(answers);
    score().succeeded();
    assertCounts(certificate("runs/1/"), AUDIT, AUDIT - 2, 0, 2);
    assertThat(standing()).isEqualTo(Map.of("machine", 16L, "open", 1L, "person", 4L));
    assertThat(page())
        .as("what differs is to be keyed again, and one who saw what was read does not count")
        .contains(SourceHash.id(drawn.get(0).getAs("source")))
        .contains(SourceHash.id(drawn.get(1).getAs("source")))
        .doesNotContain(SourceHash.id(drawn.get(2).getAs("source")));

    assertThat(page())
        .as("there may be nobody else: Ann is asked again")
        .contains(SourceHash.id(drawn.get(0).getAs("source")) + "\",\"n\":1")
        .contains(SourceHash.id(drawn.get(1).getAs("source")) + "\",\"n\":1")
        .doesNotContain("\"k\":");
    correct(
        List.of(
            keyed(drawn.get(0), other(drawn.get(0)), "Ann", true, 3),
            keyed(drawn.get(1), null, "Bob", true)));
    score().succeeded();
    assertThat(standing()).isEqualTo(Map.of("machine", 15L, "open", 1L, "person", 5L));
    JsonNode last = certificate("");
    assertCounts(last, AUDIT, AUDIT - 1, 1, 0);
    assertThat(last.get("keyedBy")).hasSize(2);
    assertThat(last.get("wrongByOne").asInt()).isEqualTo(1);
    assertThat(last.get("run").isNull()).isTrue();
    assertThat(certificate("runs/1/").get("perArchive").get(0).get("wrong").asInt()).isEqualTo(1);
    assertThat(Files.readString(night.output().resolve("report/index.html")))
        .contains("audited 5, wrong 1 (1 keyed twice by one person): at most", "certificate.json");
  }

  @Test
  void aSecondNightIsDrawnForItselfAndCountsWithTheFirst() throws IOException {
    score().succeeded();
    List<Row> first = drawn(1);
    correct(first.stream().map(item -> keyed(item, null, "Ann", true)).toList());
    night.put("b.zip", Scans.zip(Scans.pngs(30, 20)));
    score().succeeded();
    assertThat(drawn(1)).as("never changes").isEqualTo(first);
    List<Row> second = drawn(2);
    assertThat(second)
        .hasSize(AUDIT)
        .allMatch(item -> item.<String>getAs("archive").endsWith("b.zip"));
    assertCounts(certificate("runs/1/"), AUDIT, AUDIT, 0, 0);
    assertCounts(certificate("runs/2/"), AUDIT, 0, 0, AUDIT);
    assertCounts(certificate(""), 2 * AUDIT, AUDIT, 0, AUDIT);

    correct(second.stream().map(item -> keyed(item, null, "Ann", true)).toList());
    score().succeeded();
    assertCounts(certificate("runs/2/"), AUDIT, AUDIT, 0, 0);
    assertCounts(certificate(""), 2 * AUDIT, 2 * AUDIT, 0, 0);
    assertThat(certificate("").get("atMost").asDouble())
        .isLessThan(certificate("runs/2/").get("atMost").asDouble());
    String again = score().succeeded().out();
    assertThat(again).as("nothing new").contains("audited 10, wrong 0");
  }

  @Test
  void tooManyErrorsAreExitStatusThree() throws IOException {
    score("--max-audited-error", "0.01").succeeded();
    List<String> answers = new ArrayList<>();
    for (Row item : drawn(1)) {
      answers.add(keyed(item, other(item), "Ann", true));
      answers.add(keyed(item, other(item), "Bob", true));
    }
    correct(answers);
    CommandRun run = score("--max-audited-error", "0.01");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).contains("more than --max-audited-error allows (10.0)");
    assertThat(score("--max-audited-error", "0.01").status())
        .as("nothing new, but still so")
        .isEqualTo(3);
  }

  /** All stands in the first run, and nothing by the threshold of the second. */
  @Test
  void noGalleryShowsWhatWasReadOfTheAudit() throws IOException {
    night.score("--target-error", "1", "--audit", "0").succeeded();
    double confidence =
        night.predictions().stream()
            .mapToDouble(row -> row.<Double>getAs("confidence"))
            .average()
            .orElseThrow();
    // So that pictures of what is less sure than most are kept as of the unsure.
    String target = String.format(Locale.ROOT, "%.4f", 1 - confidence + 0.001);
    night.score("--overwrite", "--target-error", target, "--audit", "20").succeeded();
    List<String> unsure =
        TestSpark.session()
            .read()
            .parquet(night.output().resolve("_pictures").toString())
            .where("reason is null and sure is null")
            .select("source")
            .as(Encoders.STRING())
            .collectAsList();
    List<String> drawn =
        drawn(1).stream()
            .map(item -> item.<String>getAs("source"))
            .filter(unsure::contains)
            .toList();
    assertThat(drawn).isNotEmpty();
    night.put("b.zip", Scans.zip(Scans.pngs(30, 3)));

    night.score("--target-error", "0", "--audit", "0").succeeded();

    String report = Files.readString(night.output().resolve("report/index.html"));
    assertThat(report).as("what is unsure is shown").contains("b.zip!/");
    for (String source : drawn) {
      assertThat(report).doesNotContain(source.substring(source.lastIndexOf('/')));
    }
  }

  @Test
  void theSameIsDrawnHoweverOftenARunDies() throws IOException {
    score("--chunk-images", "8").succeeded();
    List<Row> drawn = drawn(1);
    night.forgetRuns(1);
    score("--chunk-images", "8").succeeded();
    assertThat(drawn(1)).isEqualTo(drawn);
  }

  @Test
  void nothingIsDrawnWhereNobodyAsks() throws IOException {
    night.score("--target-error", "1", "--audit", "0").succeeded();
    assertThat(night.output().resolve("_audit")).doesNotExist();
    assertCounts(certificate(""), 0, 0, 0, 0);
    assertThat(certificate("").get("sentence").asText()).startsWith("Not yet shown");
  }

  @Test
  void whatIsReadAgainCountsNoMore() throws IOException {
    score().succeeded();
    night.put("a.zip", Scans.zip(Scans.pngs(50, 19)));
    score("--reread").succeeded();
    assertCounts(certificate("runs/1/"), 0, 0, 0, 0);
    assertCounts(certificate("runs/2/"), AUDIT, 0, 0, AUDIT);
  }
}
