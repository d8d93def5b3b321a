// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.number.NumberRule;
import org.digitrecognizer.number.rule.CheckDigits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers under a form by the command line. */
class NumberSamplesTest {

  private static final NumberRule LUHN =
      NumberRule.ofDigits(3, 5).and(CheckDigits.scheme("luhn").orElseThrow());

  @TempDir private Path directory;
  private Path source;
  private Path output;

  @BeforeAll
  static void startSpark() {
    TestSpark.session();
  }

  @BeforeEach
  void writeMnist() {
    source = SmallMnist.write(directory.resolve("mnist"), 5, 200);
    output = directory.resolve("scans");
  }

  private CommandRun samples(String form, String... more) throws IOException {
    Path file = Files.writeString(directory.resolve("form.yaml"), form);
    List<String> command = new ArrayList<>(List.of("samples", "--source", source.toString()));
    command.addAll(List.of("--output", output.toString(), "--numbers", file.toString()));
    command.addAll(List.of("--images", "30", "--min-size", "28", "--max-size", "60"));
    command.addAll(List.of(more));
    return CommandRun.digits(command.toArray(String[]::new));
  }

  private List<String[]> labels() throws IOException {
    List<String> lines = Files.readAllLines(output.resolve("labels.csv"));
    assertThat(lines.get(0)).isEqualTo("sheet,field,number");
    return lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
  }

  private Map<String, BufferedImage> images() throws IOException {
    Map<String, BufferedImage> images = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(output.resolve("digits.zip").toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        try (InputStream in = zip.getInputStream(entry)) {
          images.put(entry.getName(), ImageIO.read(in));
        }
      }
    }
    return images;
  }

  @Test
  void anImageHoldsANumberThatTheRuleAllows() throws IOException {
    String form = "form: card\nimage: number\nfields:\n  meter: {digits: 3..5, check: luhn}\n";
    CommandRun run = samples(form).succeeded();

    assertThat(run.out()).contains("Wrote 30 sheets of ", " as 30 images to ");
    Map<String, BufferedImage> images = images();
    List<String[]> labels = labels();
    assertThat(labels).extracting(label -> label[0]).containsExactlyElementsOf(images.keySet());
    assertThat(labels).allMatch(label -> label[1].equals("meter") && LUHN.allows(label[2]));
    assertThat(images.values().stream().filter(image -> image.getWidth() > image.getHeight()))
        .as("all but ones that are written close")
        .hasSizeGreaterThan(24);

    byte[] first = Files.readAllBytes(output.resolve("digits.zip"));
    samples(form, "--overwrite").succeeded();
    assertThat(Files.readAllBytes(output.resolve("digits.zip"))).isEqualTo(first);
  }

  @Test
  void eachDigitIsAnImageWhereTheFormSaysCells() throws IOException {
    samples(
            """
            form: slip
            image: cells
            group: '(?<sheet>[^/]+)/(?<field>\\w+)_(?<position>\\d+)\\.png$'
            fields:
              account: {digits: 4}
              day: {range: 1..31, digits: 2}
            """)
        .succeeded();
    List<String> cells = new ArrayList<>();
    for (String[] label : labels()) {
      for (int i = 0; i < label[2].length(); i++) {
        cells.add("%s/%s_%d.png".formatted(label[0], label[1], i));
      }
    }
    assertThat(cells).hasSize(30 * 6);
    assertThat(images().keySet()).containsExactlyElementsOf(cells);
  }

  @Test
  void totalsAreSumsAndWhatIsThereOnceIsOnOneSheet() throws IOException {
    samples(
            """
            form: slip
            image: cells
            group: '(?<sheet>[^/]+)/(?<field>\\w+)_(?<position>\\d+)\\.png$'
            fields:
              total: {digits: 5, decimals: 2, total: amount + fee}
              amount: {digits: 1..4, decimals: 2}
              fee: {digits: 1..2, decimals: 1}
              slip: {digits: 2, once: true}
            """)
        .succeeded();
    Map<String, Map<String, Long>> sheets = new LinkedHashMap<>();
    for (String[] label : labels()) {
      sheets
          .computeIfAbsent(label[0], sheet -> new LinkedHashMap<>())
          .put(label[1], Long.parseLong(label[2]));
    }
    assertThat(sheets.values())
        .hasSize(30)
        .allSatisfy(
            sheet -> {
              assertThat(sheet.keySet()).containsExactly("total", "amount", "fee", "slip");
              assertThat(sheet.get("total")).isEqualTo(sheet.get("amount") + 10 * sheet.get("fee"));
            });
    assertThat(sheets.values()).extracting(sheet -> sheet.get("slip")).doesNotHaveDuplicates();
  }

  @Test
  void whatCannotBeDrawnIsRefusedInALine() throws IOException {
    assertThat(
            samples(
                    """
                    form: slip
                    image: cells
                    group: 'c(?<sheet>\\d+)-(?<field>\\w+)-(?<position>\\d+)'
                    fields:
                      account: {digits: 4}
                    """)
                .failed())
        .contains("form.yaml: its 'group' finds no sheet, field and position in")
        .contains("sheet-000000/account_0.png");
    assertThat(
            samples(
                    """
                    form: slip
                    image: cells
                    group: '(?<sheet>[^/]+)/(?<field>\\w+)_(?<position>\\d+)'
                    fields:
                      a: {digits: 2, range: 60..99}
                      b: {digits: 2, range: 60..99}
                      sum: {digits: 2, total: a + b}
                    """)
                .failed())
        .contains("form.yaml: of 1000 sheets that were drawn none keeps the totals")
        .contains("pass fewer --images, or a form whose fields have more digits");
    assertThat(
            samples("form: card\nimage: number\nfields:\n  m: {digits: 3}\n", "--extras").refused())
        .contains("--extras")
        .contains("left out where --numbers are drawn");
    assertThat(output).doesNotExist();
  }
}
