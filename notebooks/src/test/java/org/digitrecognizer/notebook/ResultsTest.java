// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of the jobs, as the notebooks find them. */
class ResultsTest {

  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void makeAFolderWithASpace() throws IOException {
    directory = Files.createDirectory(temporary.resolve("my work"));
  }

  @Test
  void whatIsMissingIsNamedWithWhatToDo() throws IOException {
    Work work = Work.open(directory.toString());
    assertThatThrownBy(() -> work.path("dataset"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "file:%s/dataset does not exist: run submit/quickstart.sh first, or give"
                + " notebooks/start.sh the folder that it ran in",
            directory);
    assertThatThrownBy(work::history)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("file:" + directory + "/model/history.jsonl does not exist: ");
    Files.createDirectory(directory.resolve("dataset"));
    assertThat(work.path("dataset")).isEqualTo("file:" + directory + "/dataset");
  }

  @Test
  void readsWhatTheEpochsCameTo() throws IOException {
    Files.createDirectory(directory.resolve("model"));
    Files.writeString(
        directory.resolve("model/history.jsonl"),
        "{\"epoch\":1,\"loss\":0.5,\"accuracy\":0.8,\"valLoss\":0.25,\"valAccuracy\":0.9,"
            + "\"seconds\":2.0,\"imagesPerSecond\":100.0}\n");
    Work work = Work.open(directory.toString());
    assertThat(work.history()).singleElement().extracting("valLoss").isEqualTo(0.25);
  }

  @Test
  void tablesShowRowsAndNothingOfThemIsMarkup() {
    SparkSession spark = LocalSpark.session();
    Table table =
        Table.of(spark.sql("SELECT '<b>&' AS name, 0.5D AS share, CAST(null AS INT) AS n"));
    assertThat(new Renderer().render(table).getData(MIMEType.TEXT_HTML))
        .isEqualTo(
            "<table>\n<tr><th>name</th><th>share</th><th>n</th></tr>\n"
                + "<tr><td>&lt;b&gt;&amp;</td><td>0.5000</td><td></td></tr>\n</table>");
    assertThat(table).hasToString("A table of 1 rows");
  }

  @Test
  void scansAreFoundAgainInTheOrderOfTheRows() throws IOException {
    Path archive = directory.resolve("night.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (int i = 0; i < 5; i++) {
        zip.putNextEntry(new ZipEntry("form/" + i + ".png"));
        if (i == 2) {
          zip.write(new byte[] {1, 2, 3});
        } else {
          ImageIO.write(new BufferedImage(20 + i, 30, BufferedImage.TYPE_BYTE_GRAY), "png", zip);
        }
      }
    }
    List<Row> rows =
        LocalSpark.session()
            .sql(
                "SELECT '%s' AS archive, ordinal, 0 AS page FROM VALUES (3L), (2L), (0L), (3L), (9L)"
                        .formatted("file:" + archive)
                    + " AS places(ordinal)")
            .collectAsList();
    List<Optional<GreyImage>> scans = new Scans().of(rows);
    assertThat(scans.stream().map(scan -> scan.map(GreyImage::width).orElse(0)))
        .containsExactly(23, 0, 20, 23, 0);
  }
}
