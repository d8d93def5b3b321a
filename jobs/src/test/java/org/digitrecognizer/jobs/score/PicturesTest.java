// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.Encoding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person may have to look at is kept as pictures, beside the rows. */
class PicturesTest {

  @TempDir private Path directory;
  private Night night;

  @BeforeEach
  void open() throws IOException {
    night = new Night(directory);
  }

  private void putDigitsAndRejects() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>(Scans.pngs(0, 6));
    byte[] blank = new byte[400 * 200];
    files.put("blank.png", Encoding.image("png", Drawing.picture(blank, 400)));
    files.put("none.png", new byte[0]);
    night.put("a.zip", Scans.zip(files));
  }

  private List<Row> pictures() {
    return TestSpark.session()
        .read()
        .parquet(night.output().resolve("_pictures").toString())
        .orderBy("source")
        .collectAsList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(night.output().resolve("_pictures"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  @Test
  void eachReadingThatAPersonMaySeeHasOneAndEachRejectThatCouldBeDecoded() throws IOException {
    putDigitsAndRejects();
    night.score("--target-error", "0").succeeded();

    List<Row> rows = pictures();
    assertThat(rows).hasSize(7);
    for (Row row : rows.subList(0, 6)) {
      assertThat(row.<String>getAs("source")).contains("a.zip!/0000");
      assertThat((Integer) row.getAs("digit")).isBetween(0, 9);
      assertThat(row.<byte[]>getAs("pixels")).hasSize(784);
      assertThat(picture(row)).hasSize(28);
    }
    Row blank = rows.get(6);
    assertThat(blank.<String>getAs("reason")).isEqualTo("BLANK");
    assertThat(picture(blank)).as("not more than 160 pixels to a side").hasSize(160);
  }

  /** Returns the columns of a picture, which stand for its width. */
  private static List<Integer> picture(Row row) throws IOException {
    byte[] png = row.getAs("picture");
    int width = ImageIO.read(new ByteArrayInputStream(png)).getWidth();
    return Stream.iterate(0, x -> x + 1).limit(width).toList();
  }

  @Test
  void whatIsSureEnoughHasNone() throws IOException {
    night.put("a.zip", Scans.zip(Scans.pngs(0, 6)));
    night.score("--target-error", "1", "--audit", "0").succeeded();
    assertThat(night.output().resolve("_pictures")).doesNotExist();
  }

  @Test
  void theReportShowsThoseOfAllRuns() throws IOException {
    night.put("a.zip", Scans.zip(Scans.pngs(0, 3)));
    night.score("--target-error", "0").succeeded();
    night.put("b.zip", Scans.zip(Scans.pngs(10, 2)));
    night.score("--target-error", "0").succeeded();
    assertThat(shown("report/index.html")).isEqualTo(5);
    assertThat(shown("report/runs/2/index.html")).isEqualTo(2);
  }

  private long shown(String page) throws IOException {
    String html = Files.readString(night.output().resolve(page));
    return html.lines().filter(line -> line.contains("<img class=\"scan\"")).count();
  }

  @Test
  void thoseOfFilesThatAreReadAgainGoWithTheirRows() throws IOException {
    night.put("a.zip", Scans.zip(Scans.pngs(0, 3)));
    night.put("b.zip", Scans.zip(Scans.pngs(5, 1)));
    night.score("--target-error", "0").succeeded();
    night.put("a.zip", Scans.zip(Scans.pngs(10, 2)));
    night.score("--target-error", "0", "--reread").succeeded();
    assertThat(pictures())
        .extracting(row -> row.<String>getAs("entry"))
        .containsExactly("00010.png", "00011.png", "00005.png");
  }

  @Test
  void aReportGoesWithoutThoseThatWereClearedAway() throws IOException {
    putDigitsAndRejects();
    night.score("--target-error", "0").succeeded();
    FileUtils.deleteDirectory(night.output().resolve("_pictures").toFile());
    night.put("b.zip", Scans.zip(Scans.pngs(10, 2)));
    night.score("--target-error", "0").succeeded();
    assertThat(shown("report/index.html")).isEqualTo(2);
  }

  @Test
  void aDamagedOneIsNamedAndLeftOut() throws IOException {
    putDigitsAndRejects();
    night.score("--target-error", "0").succeeded();
    Path damaged = files().get(0);
    Files.write(damaged, new byte[] {1, 2, 3});
    Files.deleteIfExists(damaged.resolveSibling("." + damaged.getFileName() + ".crc"));
    night.put("b.zip", Scans.zip(Scans.pngs(10, 2)));
    assertThat(night.score("--target-error", "0").succeeded().out())
        .contains(damaged.getFileName() + " is missing or damaged; the report goes without its");
    assertThat(shown("report/index.html")).isEqualTo(2);
  }
}
