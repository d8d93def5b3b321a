package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.digitrecognizer.digit.DigitImage;
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

  private static Map<String, byte[]> strips(int count) throws IOException {
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
        .contains("Read 8 of 9 new images", "1 rejected");

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
    Path cells =
        Files.writeString(
            directory.resolve("cells.yaml"),
            """
            form: slip
            image: cells
            group: '(?<sheet>.)(?<field>.)(?<position>.)'
            fields: {a: {digits: 3}}
            """);
    assertThat(night.score("--form", cells.toString()).failed())
        .contains("only forms with 'image: number' are scored yet");
    assertThat(night.score("--form", form("{digits: 31}")).failed())
        .contains("form.yaml, line 4: digits is to be 1 to 30");
  }
}
