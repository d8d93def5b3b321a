// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.digitrecognizer.archive.RawZip;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of entries and files are names and nothing more, and where archives are found. */
class ScoreNamesTest {

  private static final List<String> NAMES =
      List.of(
          "../../x.png",
          "/etc/passwd",
          "a name.png",
          "it's \"one\", 50% #1!/x?.png",
          "two\nlines\r.png",
          "\u00fcn\u00efc\u00f6de \u6570\u5b57 \ud83d\ude00.png",
          "[a]{b}*$`<b>&amp;.png");

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

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : NAMES) {
      files.put(name, Scans.png(files.size()));
    }
    files.put("bad/../" + NAMES.get(3), new byte[] {1});
    return files;
  }

  @Test
  void entriesMayHaveAnyName() throws IOException {
    night.put("a.zip", Scans.zip(files()));
    night.put("b.tar", Scans.tar(files()));
    night.score("--label-pattern", "(\\d)\\.png$").succeeded();
    for (String archive : List.of("a.zip", "b.tar")) {
      List<Row> rows = rowsOf(archive);
      assertThat(rows).extracting(row -> row.<String>getAs("entry")).isEqualTo(NAMES);
      assertThat(rows)
          .extracting(row -> row.<String>getAs("source"))
          .isEqualTo(NAMES.stream().map(name -> night.uri(archive) + "!/" + name).toList());
    }
    assertThat(night.rejected()).hasSize(2);
    assertThat(directory.resolve("x.png")).doesNotExist();
    assertThat(night.output().resolve("report/review.csv")).content().contains("two\nlines");
    assertThat(night.output().resolve("report/index.html"))
        .content()
        .contains("\u6570\u5b57")
        .doesNotContain("<b>&amp;");
  }

  @Test
  void filesMayHaveAColon() throws IOException {
    String name = "2026-11-24T10:15:00.png";
    night.put("folder/" + name, Scans.png(3));
    night.put("x.png:Zone.Identifier", "[ZoneTransfer]".getBytes(StandardCharsets.UTF_8));

    night.score().succeeded();

    assertThat(night.predictions())
        .singleElement()
        .satisfies(row -> assertThat(row.<String>getAs("entry")).isEqualTo(name))
        .satisfies(
            row -> assertThat(row.<String>getAs("source")).isEqualTo(night.uri("folder/" + name)));
    assertThat(night.reject().<String>getAs("reason")).isEqualTo("UNSUPPORTED_FORMAT");
    assertThat(night.scoreFrom(night.archives() + "/*").succeeded().out())
        .contains("Nothing new to read.");
  }

  @Test
  void whatIsNoFileIsARowAndALinkIsNoSecondFile() throws Exception {
    night.put("a/1.png", Scans.png(1));
    Files.createSymbolicLink(night.archives().resolve("a/up"), Path.of(".."));
    Path pipe = night.archives().resolve("pipe.png");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    night.score().succeeded();

    assertThat(night.predictions()).hasSize(1);
    assertThat(night.reject().<String>getAs("source")).isEqualTo(night.uri("pipe.png"));
    assertThat(night.reject().<String>getAs("reason")).isEqualTo("UNSUPPORTED_FORMAT");
    assertThat(night.score("--reread").succeeded().out()).contains("Nothing new to read.");
  }

  private List<Row> rowsOf(String archive) {
    return night.predictions().stream()
        .filter(row -> night.uri(archive).equals(row.getAs("archive")))
        .toList();
  }

  @Test
  void twoEntriesOfOneNameAreTwo() throws IOException {
    byte[] first = Scans.png(1);
    byte[] second = Scans.png(2);
    night.put(
        "a.zip",
        new RawZip()
            .add(new RawZip.Header("a.png", 0, first, first), first)
            .add(new RawZip.Header("a.png", 0, second, second), second)
            .finish());
    night.score().succeeded();
    List<Row> rows = night.predictions();
    assertThat(rows).hasSize(2).allMatch(row -> "a.png".equals(row.getAs("entry")));
    assertThat(rows).extracting(row -> row.<Long>getAs("ordinal")).containsExactly(0L, 1L);
    assertThat(rows.get(0).<Double>getAs("confidence"))
        .isNotEqualTo(rows.get(1).<Double>getAs("confidence"));
  }

  @Test
  void anEntryWithoutANameIsAnEntry() throws IOException {
    byte[] png = Scans.png(1);
    night.put(
        "a.zip",
        new RawZip()
            .add(new RawZip.Header("", 0, png, png), png)
            .add(new RawZip.Header("b.png", 0, png, png), png)
            .finish());
    night.score("--label-pattern", "(\\d)").succeeded();
    assertThat(night.rejected()).isEmpty();
    assertThat(night.predictions())
        .extracting(row -> row.<String>getAs("source"))
        .containsExactly(night.uri("a.zip") + "!/", night.uri("a.zip") + "!/b.png");
    assertThat(night.predictions())
        .extracting(row -> row.<String>getAs("entry"))
        .containsExactly("", "b.png");
  }

  @Test
  void filesAndFoldersMayHaveAnyName() throws IOException {
    String folder = "a [b]{c,d}*? e%20f";
    night.put(folder + "/one two.png", Scans.png(0));
    night.put(folder + "/it's [1]{2}*%41#3.png", Scans.png(1));
    night.put(folder + "/\u00fc\u6570.zip", Scans.zip(Scans.pngs(2, 2)));
    night.scoreFrom(night.archives().resolve(folder).toString()).succeeded();
    assertThat(night.predictions()).hasSize(4);
    assertThat(night.predictions())
        .extracting(row -> row.<String>getAs("source"))
        .containsExactlyInAnyOrder(
            night.uri(folder + "/one two.png"),
            night.uri(folder + "/it's [1]{2}*%41#3.png"),
            night.uri(folder + "/\u00fc\u6570.zip") + "!/00002.png",
            night.uri(folder + "/\u00fc\u6570.zip") + "!/00003.png");
  }

  @Test
  void aSingleFileIsEnough() throws IOException {
    String name = "[one] {file}*.zip";
    night.put(name, Scans.zip(Scans.pngs(0, 2)));
    night.put("other.zip", Scans.zip(Scans.pngs(2, 2)));
    night.scoreFrom(night.archives().resolve(name).toString()).succeeded();
    assertThat(night.predictions())
        .extracting(row -> row.<String>getAs("archive"))
        .containsExactly(night.uri(name), night.uri(name));
  }

  @Test
  void aGlobChooses() throws IOException {
    night.put("a/1.zip", Scans.zip(Scans.pngs(0, 2)));
    night.put("b/2.zip", Scans.zip(Scans.pngs(2, 2)));
    night.put("b/2.txt", "no".getBytes(StandardCharsets.US_ASCII));
    night.scoreFrom(night.archives() + "/{a,b}/*.zip").succeeded();
    assertThat(night.predictions()).hasSize(4);
    assertThat(night.rejected()).isEmpty();
  }

  @Test
  void aGlobPassesHiddenNamesOverUnlessItNamesThem() throws IOException {
    night.put("1.zip", Scans.zip(Scans.pngs(0, 2)));
    night.put("_staging/2.png", Scans.png(2));
    night.put(".3.png", Scans.png(3));
    night.put("_SUCCESS", new byte[0]);
    night.put("in/_half/4.png", Scans.png(4));
    night.scoreFrom(night.archives() + "/*").succeeded();
    assertThat(night.predictions()).hasSize(2);
    assertThat(night.rejected()).isEmpty();

    assertThat(night.scoreFrom(night.archives() + "/*/*/*.png", "--overwrite").failed())
        .contains("/*/*/*.png finds nothing but hidden names (.x, _x); name them or others");
    night.scoreFrom(night.archives() + "/_stag*", "--overwrite").succeeded();
    assertThat(night.predictions())
        .extracting(row -> row.<String>getAs("source"))
        .containsExactly(night.uri("_staging/2.png"));
  }

  @Test
  void whatIsNotThereIsSaid() {
    String missing = night.archives().resolve("none").toString();
    String expected = " does not exist; --archives needs a directory, a file or a glob of either";
    night.scoreFrom(missing).failedWith("digits score: " + missing + expected);
    String glob = night.archives() + "/*.zip";
    night.scoreFrom(glob).failedWith("digits score: " + glob + expected);
    assertThat(night.output()).doesNotExist();
  }

  @Test
  void theOutputIsNoArchive() throws IOException {
    Files.createDirectories(night.output());
    assertThat(night.scoreFrom(directory.toString()).failed())
        .isEqualTo(
            "digits score: --output file:"
                + night.output()
                + " lies within --archives file:"
                + directory
                + ", where it would be scored itself; choose a place beside it");
  }
}
