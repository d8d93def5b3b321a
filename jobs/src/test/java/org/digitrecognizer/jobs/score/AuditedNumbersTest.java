// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.review.SourceHash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that stand without a person are audited as digits are. */
@Tag("slow")
class AuditedNumbersTest {

  private static final int AUDIT = 4;
  private static final int NUMBERS = 8;
  private static final int WRONG = 2;

  /** No number that is read. */
  private static final String OTHER = "111";

  @TempDir private Path directory;
  private Night night;
  private Path form;

  @BeforeEach
  void numbers() throws IOException {
    night = new Night(directory);
    night.put("a.zip", Scans.zip(ScoredNumbersTest.strips(NUMBERS)));
    form =
        Files.writeString(
            directory.resolve("form.yaml"),
            "form: meter\nimage: number\nfields:\n  meter: {digits: 3}\n");
  }

  /** With so lax a target all numbers stand; a model that is sure of them keeps few pictures. */
  private CommandRun score(String... more) {
    List<String> options = new ArrayList<>(List.of("--form", form.toString()));
    options.addAll(List.of("--model", "../models/scans"));
    options.addAll(List.of("--target-error", "1", "--audit", "" + AUDIT));
    options.addAll(List.of(more));
    return night.score(options.toArray(String[]::new));
  }

  private List<Row> rows(String folder) {
    return TestSpark.session()
        .read()
        .parquet(night.output().resolve(folder).toString())
        .orderBy("source")
        .collectAsList();
  }

  private static String keyed(Row item, String value, String who) {
    return Night.keyed(item.getAs("source"), value, who);
  }

  @Test
  void numbersThatStandAreDrawnKeyedBlindAndCertified() throws IOException {
    assertThat(score().succeeded().out()).contains("audited 4, no answer counts yet");
    List<Row> drawn = rows("_audit/run=1.parquet");
    assertThat(drawn).hasSize(AUDIT);
    assertThat(rows("_pictures")).as("only of what is drawn").hasSize(AUDIT);
    String page = Files.readString(night.output().resolve("report/review/page-0001.html"));
    for (Row number : drawn) {
      assertThat(number.<String>getAs("number")).matches("\\d{3}");
      assertThat(page).contains(SourceHash.id(number.getAs("source")));
    }
    assertThat(Files.readString(night.output().resolve("report/index.html")))
        .as("no picture beside what was read, which is to be keyed blind")
        .doesNotContain("aria-label=\"Scan, read as");

    List<String> answers = new ArrayList<>();
    for (Row number : drawn.subList(0, WRONG)) {
      answers.add(keyed(number, OTHER, "Ann"));
      answers.add(keyed(number, OTHER, "Bob"));
    }
    drawn.stream().skip(WRONG).forEach(row -> answers.add(keyed(row, row.getAs("number"), "Ann")));
    night.correct(form.toString(), answers.toArray(String[]::new)).succeeded();
    CommandRun broken = score("--max-audited-error", "0.001");
    assertThat(broken.status()).as("half of them are wrong").isEqualTo(3);

    JsonNode about = night.runMetrics(1).get("about");
    assertThat(about.get("run").asInt()).isEqualTo(1);
    assertThat(about.get("modelSha256").asText()).hasSize(64);
    assertThat(about.get("formSha256"))
        .isEqualTo(night.json("_score.json").at("/value/formSha256"));
    JsonNode certificate = night.json("report/runs/1/certificate.json");
    assertThat(certificate.get("accepted").asInt()).isEqualTo(NUMBERS);
    assertThat(certificate.get("right").asInt()).isEqualTo(AUDIT - WRONG);
    assertThat(certificate.get("wrong").asInt()).isEqualTo(WRONG);
    assertThat(certificate.get("formSha256").asText())
        .hasSize(64)
        .isEqualTo(night.json("_score.json").at("/value/formSha256").asText());
    assertThat(Files.readString(night.output().resolve("report/index.html")))
        .contains("audited 4, wrong 2:");
    assertThat(rows("final"))
        .filteredOn(row -> row.getAs("source").equals(drawn.get(0).getAs("source")))
        .singleElement()
        .satisfies(row -> assertThat(row.<String>getAs("value")).isEqualTo(OTHER));
  }
}
