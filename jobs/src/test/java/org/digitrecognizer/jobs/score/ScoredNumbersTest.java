// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.review.SourceHash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that hold numbers, under a form, by the command line. */
class ScoredNumbersTest {

  private static final int GAP = 4;

  @TempDir private Path directory;
  private Night night;

  @BeforeEach
  void night() throws IOException {
    night = new Night(directory);
  }

  private String form(String field) throws IOException {
    return Files.writeString(
            directory.resolve("form.yaml"),
            "form: meter\nimage: number\nfields:\n  meter: " + field + "\n")
        .toString();
  }

  /** Draws test digits side by side. */
  private static byte[] strip(int first, int count) throws IOException {
    int step = DigitImage.WIDTH - GAP;
    BufferedImage strip =
        new BufferedImage(
            count * step + 3 * GAP, DigitImage.HEIGHT + GAP, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < count; i++) {
      DigitImage digit = Scans.digit(first + i);
      for (int y = 0; y < DigitImage.HEIGHT; y++) {
        for (int x = 0; x < DigitImage.WIDTH; x++) {
          int toX = GAP + i * step + x;
          int ink = Math.max(digit.ink(y, x), strip.getRaster().getSample(toX, y + GAP / 2, 0));
          strip.getRaster().setSample(toX, y + GAP / 2, 0, ink);
        }
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(strip, "png", png);
    return png.toByteArray();
  }

  static Map<String, byte[]> strips(int count) throws IOException {
    Map<String, byte[]> strips = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      strips.put("meter-%02d.png".formatted(i), strip(3 * i, 3));
    }
    return strips;
  }

  @Test
  void eachImageIsANumberOrARejectAndEachDigitHasItsPlace() throws IOException {
    Map<String, byte[]> images = strips(8);
    images.put("empty.png", new byte[0]);
    night.put("a.zip", Scans.zip(images));
    assertThat(night.score("--form", form("{digits: 3}")).succeeded().out())
        .contains("Read 8 of 9 new numbers", "1 rejected");

    List<Row> numbers = night.numbers();
    assertThat(numbers).hasSize(8);
    assertThat(night.rejected()).hasSize(1);
    for (Row number : numbers) {
      assertThat(number.<String>getAs("number")).matches("\\d{3}");
      assertThat(number.<Double>getAs("confidence")).isBetween(0.0, 1.0);
      assertThat(number.<Double>getAs("validMass")).isBetween(0.0, 1.0);
      assertThat(number.<String>getAs("form")).isEqualTo("meter");
      assertThat(number.<String>getAs("field")).isEqualTo("meter");
      assertThat(number.<String>getAs("status")).isEqualTo("READ");
      assertThat(number.<String>getList(number.fieldIndex("sources")))
          .containsExactly(night.uri("a.zip") + "!/" + number.<String>getAs("sheet"));
      assertThat(digitsOf(number)).isEqualTo(number.<String>getAs("number"));
    }
    assertThat(night.predictions()).hasSize(24);
  }

  /** Puts the digits of a number together by their rows, and looks at where they stand. */
  private String digitsOf(Row number) {
    StringBuilder digits = new StringBuilder();
    int right = -1;
    List<Row> rows =
        night.predictions().stream()
            .filter(row -> row.getAs("sheet").equals(number.getAs("sheet")))
            .sorted(Comparator.comparingInt(row -> row.<Integer>getAs("position")))
            .toList();
    for (Row row : rows) {
      digits.append(row.<Integer>getAs("digit"));
      Row box = row.getAs("box");
      assertThat(box.<Integer>getAs("left") + box.<Integer>getAs("width")).isGreaterThan(right);
      right = box.<Integer>getAs("left") + box.<Integer>getAs("width");
    }
    return digits.toString();
  }

  /** Under a list the model cannot but read what is on it. */
  @Test
  void theRuleDecides() throws IOException {
    Files.writeString(directory.resolve("list.csv"), "number\n512\n5120\n");
    night.put("a.zip", Scans.zip(strips(3)));
    night.score("--form", form("{digits: 3, list: list.csv}")).succeeded();
    assertThat(night.numbers())
        .extracting(row -> row.<String>getAs("number"))
        .containsOnly("512")
        .hasSize(3);
    assertThat(night.numbers().get(0).<String>getAs("second")).isNull();
  }

  private String report(String name) throws IOException {
    return Files.readString(night.output().resolve("report").resolve(name));
  }

  @Test
  void theReportTheListsAndTheDeskAreOfNumbers() throws IOException {
    night.put("a.zip", Scans.zip(strips(8)));
    night.score("--form", form("{digits: 3}"), "--target-error", "0").succeeded();
    JsonNode metrics = night.metrics();
    assertThat(metrics.path("scored").asLong()).as("numbers, not digits").isEqualTo(8);
    assertThat(metrics.path("reviewCount").asLong()).isEqualTo(8);
    assertThat(metrics.path("confusion").isNull()).isTrue();
    JsonNode field = metrics.path("fields").path("meter");
    assertThat(field.path("numbers").asLong()).isEqualTo(8);
    assertThat(field.path("noneAllowed").asLong()).isZero();

    assertThat(report("review.csv").lines())
        .hasSize(9)
        .first()
        .isEqualTo(
            "source,archive,form,sheet,field,number,confidence,second,secondConfidence,why,id,"
                + "corrected");
    assertThat(report("index.html"))
        .contains("Numbers to check", "8\u00a0numbers", "class=\"written\"")
        .doesNotContain("Digit by digit");
    assertThat(report("review/index.html")).contains("Numbers to check", "8 to check");
    assertThat(report("review/page-0001.html")).contains("data-numbers=\"true\"");
    assertThat(night.output().resolve("report/confusion.csv")).doesNotExist();
  }

  @Test
  void aRuleThatDoesNotFitIsSaid() throws IOException {
    Files.writeString(directory.resolve("list.csv"), "number\n999\n");
    night.put("a.zip", Scans.zip(strips(20)));
    assertThat(night.score("--form", form("{digits: 3, list: list.csv}")).succeeded().out())
        .contains("The rule of meter allows only");
    assertThat(night.metrics().path("fields").path("meter").path("misfit").asBoolean()).isTrue();
  }

  @Test
  void whatTheRuleAllowsNoneOfGoesToAPersonHoweverManyErrorsAreAllowed() throws IOException {
    night.put("a.zip", Scans.zip(strips(2)));
    night.score("--form", form("{digits: 30}"), "--target-error", "1").succeeded();
    assertThat(report("review.csv").lines()).hasSize(3).element(1).asString().contains("none");
    assertThat(report("review/index.html")).contains("2 to check");
  }

  @Test
  void labelsAreWholeNumbers() throws IOException {
    night.put("a.zip", Scans.zip(strips(4)));
    Files.writeString(directory.resolve("list.csv"), "number\n512\n");
    Path labels =
        Files.writeString(
            directory.resolve("labels.csv"),
            "sheet,number\nmeter-00.png,512\nmeter-01.png,0512\nother.png,5\n");
    String form = form("{digits: 3, list: list.csv}");
    assertThat(night.score("--form", form, "--labels", labels.toString()).succeeded().out())
        .contains("1 of 3\u00a0labels in", "match nothing");
    assertThat(night.numbers())
        .extracting(row -> row.<String>getAs("label"))
        .containsExactly("512", "0512", null, null);
    assertThat(night.metrics().path("labelled").asLong()).isEqualTo(2);
    assertThat(night.metrics().path("accuracy").asDouble()).isEqualTo(0.5);

    Path wrong = Files.writeString(directory.resolve("wrong.csv"), "sheet,number\na,12x\n");
    assertThat(night.score("--form", form, "--labels", wrong.toString()).failed())
        .contains("wrong.csv, line 2: its label is '12x', not a number of up to 30 digits");
  }

  @Test
  void whatPeopleKeyIsCheckedAgainstTheRule() throws IOException {
    String form = form("{digits: 3, range: 0..500}");
    night.put("a.zip", Scans.zip(strips(3)));
    night.score("--form", form, "--target-error", "0").succeeded();
    String header = "id,value,who,when,seconds,blind,how\n";
    Path file =
        Files.writeString(
            directory.resolve("ann.csv"),
            header + said(0, "042") + said(1, "17") + said(2, "501") + said(2, "4x"));
    assertThat(correct(file).failed()).contains("holds numbers of a form; pass that form");
    assertThat(correct(file, "--form", form).succeeded().out())
        .contains(
            "line 4: the form's rule does not allow '501'",
            "line 5: '4x' is no number of up to 30 digits",
            "2\u00a0answers, 2 of them new");
    assertThat(
            TestSpark.session()
                .read()
                .parquet(night.output().resolve("corrections").toString())
                .orderBy("sheet")
                .collectAsList())
        .extracting(row -> row.getAs("form") + " " + row.getAs("sheet") + " " + row.getAs("value"))
        .as("leading zeros that a spreadsheet took are put back")
        .containsExactly("meter meter-00.png 042", "meter meter-01.png 017");
    night.score("--form", form, "--target-error", "0").succeeded();
    assertThat(report("review.csv")).contains("meter-02.png").doesNotContain("meter-00.png");
    assertThat(
            TestSpark.session()
                .read()
                .parquet(night.output().resolve("final").toString())
                .orderBy("sheet")
                .collectAsList())
        .extracting(
            row ->
                String.join(
                    " ",
                    row.<String>getAs("sheet"),
                    row.<String>getAs("value"),
                    row.<String>getAs("by"),
                    row.<String>getAs("person")))
        .containsExactly(
            "meter-00.png 042 person Ann",
            "meter-01.png 017 person Ann",
            "meter-02.png null open null");
  }

  private String said(int number, String value) {
    String source = night.uri("a.zip") + "!/meter-%02d.png".formatted(number);
    return SourceHash.id(source) + "," + value + ",Ann,2026-01-02T03:04:00.000Z,1.5,1,key\n";
  }

  private CommandRun correct(Path file, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("correct", "--output", night.output().toString()));
    arguments.addAll(List.of("--corrections", file.toString()));
    arguments.addAll(List.of(more));
    return CommandRun.digits(arguments.toArray(String[]::new));
  }

  @Test
  void aRunThatDiedIsEndedWithTheSameNumbers() throws IOException {
    String form = form("{digits: 3}");
    night.put("a.zip", Scans.zip(strips(6)));
    night.score("--form", form, "--chunk-images", "4").succeeded();
    List<Row> numbers = night.numbers();
    List<Row> digits = night.predictions();
    night.killBefore(1);
    assertThat(night.numbers()).hasSizeLessThan(numbers.size());

    night.score("--form", form, "--chunk-images", "4").succeeded();
    assertThat(night.numbers()).isEqualTo(numbers);
    assertThat(night.predictions()).isEqualTo(digits);
  }

  @Test
  void aRewrittenArchivesNumbersTakeTheOldOnesPlace() throws IOException {
    String form = form("{digits: 3}");
    night.put("a.zip", Scans.zip(strips(3)));
    night.put("b.zip", Scans.zip(Map.of("b.png", strip(20, 3))));
    night.score("--form", form).succeeded();
    night.put("a.zip", Scans.zip(strips(2)));
    night.score("--form", form, "--reread").succeeded();
    assertThat(night.numbers())
        .extracting(row -> row.<String>getAs("sheet"))
        .containsExactly("meter-00.png", "meter-01.png", "b.png");
    assertThat(night.predictions()).hasSize(9);
    assertThat(night.score("--form", form, "--verify").succeeded().out()).contains("all as they");
  }

  @Test
  void aNumbersFileThatIsMissingIsNoticed() throws IOException {
    String form = form("{digits: 3}");
    night.put("a.zip", Scans.zip(strips(2)));
    night.score("--form", form).succeeded();
    FileUtils.deleteDirectory(night.output().resolve("numbers/batch=0").toFile());
    assertThat(night.score("--form", form).failed()).contains("/numbers/batch=0/", "is missing");
  }

  @Test
  void readingsUnderAnotherFormDoNotMix() throws IOException {
    night.put("a.zip", Scans.zip(strips(1)));
    night.score("--form", form("{digits: 3}")).succeeded();
    assertThat(night.score("--form", form("{digits: 2..3}")).failed())
        .contains("was scored with another form, or none; choose a new --output");
    assertThat(night.score().failed()).contains("was scored with a form; choose a new --output");
  }

  @Test
  void whatIsNotReadYetIsRefusedInOneLine() throws IOException {
    night.put("a.zip", Scans.zip(strips(1)));
    assertThat(night.score("--form", form("{digits: 31}")).failed())
        .contains("form.yaml, line 4: digits is to be 1 to 30");
  }
}
