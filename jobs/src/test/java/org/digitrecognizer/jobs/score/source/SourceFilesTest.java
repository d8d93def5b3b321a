// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.digitrecognizer.failure.LockedFileSystem;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.reading.RetriedRead;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found of trees of local files, of which some cannot be opened. */
class SourceFilesTest {

  @TempDir private Path directory;
  private Path tree;

  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectory(directory.resolve("tree"));
  }

  private Path put(String name) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private Path link(String name, String target) throws IOException {
    Path link = tree.resolve(name);
    Files.createDirectories(link.getParent());
    return Files.createSymbolicLink(link, Path.of(target));
  }

  /** Runs a line of bash in the tree, for what Java cannot make. */
  private void bash(String line) throws IOException {
    Process bash =
        new ProcessBuilder("bash", "-c", line)
            .directory(tree.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.onExit().join().exitValue()).as("%s: %s", line, said).isZero();
  }

  /** Returns what is found: each path below a place, with the reason or null. */
  private Map<String, String> found() throws IOException {
    return found(tree.toString());
  }

  private Map<String, String> found(String archives) throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (Row row : rows(archives)) {
      String path = row.getAs(SourceFiles.PATH);
      assertThat(path).startsWith("file:" + directory);
      String name = path.substring(("file:" + tree + "/").length());
      assertThat(found).as("each path once").doesNotContainKey(name);
      found.put(name, row.getAs(SourceFiles.REASON));
    }
    return found;
  }

  private List<Row> rows(String archives) throws IOException {
    try (SourceFiles files =
        SourceFiles.open(
            TestSpark.session(),
            archives,
            new org.apache.hadoop.fs.Path(directory.resolve("output").toString()))) {
      return files.files().collectAsList();
    }
  }

  private static String detail(List<Row> rows, String end) {
    return rows.stream()
        .filter(row -> row.<String>getAs(SourceFiles.PATH).endsWith(end))
        .map(row -> row.<String>getAs(SourceFiles.DETAIL))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFileHasItsLengthAndTheTimeOfItsLastChange() throws IOException {
    Path file = put("a/b/c/1.png");
    put("a/2.png");
    Files.write(tree.resolve("empty.png"), new byte[0]);

    assertThat(found().keySet()).containsExactly("a/2.png", "a/b/c/1.png", "empty.png");
    assertThat(rows(file.toString()))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs(SourceFiles.PATH)).isEqualTo("file:" + file);
              assertThat(row.<Long>getAs(SourceFiles.LENGTH)).isEqualTo(11);
              assertThat(row.<Long>getAs(SourceFiles.MODIFIED))
                  .isEqualTo(Files.getLastModifiedTime(file).toMillis());
              assertThat(row.<String>getAs(SourceFiles.REASON)).isNull();
              assertThat(row.<String>getAs(SourceFiles.DETAIL)).isNull();
            });
  }

  @Test
  void itIsListedOnceUntilItIsClosed() throws IOException {
    put("1.png");
    SourceFiles files =
        SourceFiles.open(
            TestSpark.session(), tree.toString(), new org.apache.hadoop.fs.Path("/nowhere"));
    try (files) {
      Dataset<Row> first = files.files();
      put("2.png");
      assertThat(files.files()).isSameAs(first);
      assertThat(files.files().count()).isEqualTo(1);
    }
    assertThat(files.files().count()).isEqualTo(2);
    files.close();
  }

  @Test
  void hiddenNamesArePassedOver() throws IOException {
    for (String name :
        List.of(
            ".a.png",
            "_b.png",
            "c/.d/e.png",
            "c/_f/g.png",
            "h.png._COPYING_",
            "x/.hidden_=1.png")) {
      put(name);
    }
    put("_day=3/i.png");
    put("a_b.c/j.png");

    assertThat(found().keySet()).containsExactly("_day=3/i.png", "a_b.c/j.png");
  }

  @Test
  void aNameMayHaveAColon() throws IOException {
    put("2026-11-24T10:15:00.png");
    put("1.png");
    put("1.png:Zone.Identifier");
    put("a:b/c:d.png");

    assertThat(found().keySet())
        .containsExactly(
            "1.png", "1.png:Zone.Identifier", "2026-11-24T10:15:00.png", "a:b/c:d.png");
    assertThat(found("file:" + tree + "/2026-11-24T10:15:00.png")).hasSize(1);
    assertThat(found(tree + "/2026*").keySet()).containsExactly("2026-11-24T10:15:00.png");
    assertThat(found(tree + "/*.png").keySet()).containsExactly("1.png", "2026-11-24T10:15:00.png");
    assertThat(found(tree + "/a:b/*").keySet()).containsExactly("a:b/c:d.png");
    assertThat(found(tree + "/a*").keySet()).containsExactly("a:b/c:d.png");
  }

  @Test
  void globsAreHadoops() throws IOException {
    for (String name : List.of("a/1.png", "b/2.png", "b/c/3.png", "[d]/4.png", "_e/5.png", ".f")) {
      put(name);
    }

    assertThat(found(tree + "/{a,b/c}/*.png").keySet()).containsExactly("a/1.png", "b/c/3.png");
    assertThat(found(tree + "/{a,b}/*.{png,tif}").keySet()).containsExactly("a/1.png", "b/2.png");
    assertThat(found(tree + "/[a-b]").keySet()).containsExactly("a/1.png", "b/2.png", "b/c/3.png");
    assertThat(found(tree + "/?/?.png").keySet()).containsExactly("a/1.png", "b/2.png");
    assertThat(found(tree + "/*/c").keySet()).containsExactly("b/c/3.png");
    assertThat(found(tree + "/\\[*").keySet()).containsExactly("[d]/4.png");
    assertThat(found(tree + "/{b,b/c,b/c/3.png}").keySet())
        .as("what two alternatives find is found once")
        .containsExactly("b/2.png", "b/c/3.png");
    assertThat(found(tree + "/*").keySet())
        .containsExactly("[d]/4.png", "a/1.png", "b/2.png", "b/c/3.png");
    assertThat(found(tree + "/_*").keySet()).containsExactly("_e/5.png");
    assertThat(found(tree + "/.*").keySet()).containsExactly(".f");
    assertThatThrownBy(() -> found(tree + "/*.zip"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("*.zip does not exist; --archives needs a directory");
    assertThatThrownBy(() -> found(tree + "/*/*5.png"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("finds nothing but hidden names");
  }

  @Test
  void whatIsNoRegularFileIsNamedAndNotOpened() throws IOException {
    put("1.png");
    bash("mkfifo pipe.png && ln -s pipe.png link.png && ln -s /dev/null null.png");

    assertThat(found())
        .containsEntry("1.png", null)
        .containsEntry("pipe.png", "UNSUPPORTED_FORMAT")
        .containsEntry("null.png", "UNSUPPORTED_FORMAT")
        .as("the pipe is there once")
        .hasSize(3);
    assertThat(detail(rows(tree.toString()), "/pipe.png"))
        .isEqualTo("It is a named pipe (FIFO), not a regular file, and is not opened");
    assertThat(detail(rows(tree.toString()), "/null.png")).contains("It is a character device");
    assertThat(found(tree + "/pipe.png")).containsEntry("pipe.png", "UNSUPPORTED_FORMAT");
  }

  @Test
  void aFileCountsOnceHoweverManyLinksLeadToIt() throws IOException {
    put("a/1.png");
    link("a/up", "..");
    link("a/up2", "..");
    link("0", "a");
    link("a/again.png", "1.png");
    link("far.png", tree + "/a/1.png");

    assertThat(found().keySet()).containsExactly("a/1.png");
    assertThat(found(tree + "/{0,a,far.png}").keySet()).containsExactly("a/1.png");
    assertThat(found(tree + "/0").keySet()).as("the user named a link").containsExactly("0/1.png");
  }

  @Test
  void linksLeadOutside() throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside/deep/er"));
    Files.writeString(outside.resolve("1.png"), "1");
    Files.writeString(directory.resolve("outside/2.png"), "2");
    link("b/deeper", outside.toString());
    link("c/all", directory.resolve("outside").toString());
    link("x/two.png", "../../outside/2.png");
    link("y.png", directory.resolve("outside/2.png").toString());
    put("_kept/3.png");
    link("three.png", "_kept/3.png");
    link("kept", "_kept");

    assertThat(found().keySet()).containsExactly("b/deeper/1.png", "c/all/2.png", "kept/3.png");
    Files.delete(tree.resolve("c/all"));
    assertThat(found().keySet())
        .as("of two links to a file the first by its path")
        .containsExactly("b/deeper/1.png", "kept/3.png", "x/two.png");
  }

  @Test
  void aLinkThatLeadsNowhereIsNamed() throws IOException {
    put("1.png");
    link("gone.png", "nothing");
    link("self", "self");

    assertThat(found())
        .containsEntry("gone.png", "READ_ERROR")
        .containsEntry("self", "READ_ERROR")
        .hasSize(3);
    assertThat(detail(rows(tree.toString()), "gone.png")).contains("(nothing)");
    assertThat(found(tree + "/gone.png")).containsEntry("gone.png", "READ_ERROR");
  }

  @Test
  void noLinkLeadsIntoTheOutput() throws IOException {
    put("1.png");
    Files.createDirectories(directory.resolve("output/predictions"));
    Files.writeString(directory.resolve("output/predictions/part"), "rows");
    link("all", directory.toString());
    link("rows", directory + "/output/predictions");

    assertThat(found().keySet()).containsExactly("1.png");
    assertThatThrownBy(() -> found(directory.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lies within --archives");
  }

  @Test
  void hardLinksAreFilesOfTheirOwn() throws IOException {
    Files.createLink(tree.resolve("b.png"), put("a.png"));

    assertThat(found().keySet()).containsExactly("a.png", "b.png");
  }

  @Test
  void aNameThatCannotBeOpenedIsNamedAllTheSame() throws IOException {
    put("1.png");
    bash("touch $'pr\\374fung.png' 'pr\\xFCfung.png' $'\\303\\374\\\\.png'");
    bash("mkdir $'d\\374' && touch $'d\\374/3.png' && ln -s ../1.png $'d\\374/link.png'");
    bash("touch $'_\\374.png'");

    assertThat(found())
        .containsEntry("1.png", null)
        .containsEntry("pr\\xFCfung.png", null)
        .containsEntry("pr\\1\\xFCfung.png", "READ_ERROR")
        .containsEntry("\\xC3\\xFC\\\\.png", "READ_ERROR")
        .containsEntry("d\\xFC/3.png", "READ_ERROR")
        .hasSize(5);
    assertThat(detail(rows(tree.toString()), "d\\xFC/3.png")).contains("character set");
    assertThat(found(tree + "/d*")).containsEntry("d\\xFC/3.png", "READ_ERROR");
    assertThat(found(tree + "/*.png")).hasSize(4);
  }

  @Test
  void aFolderThatMayNotBeListedIsNamed() throws IOException {
    put("a/1.png");
    put("b/2.png");
    LockedFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    LockedFileSystem.lock("b");
    String locked = LockedFileSystem.path(tree).toString();

    List<Row> rows = rows(locked);
    assertThat(rows)
        .extracting(row -> row.<String>getAs(SourceFiles.PATH))
        .containsExactlyInAnyOrder(locked + "/a/1.png", locked + "/b");
    assertThat(detail(rows, "/b")).contains("cannot be listed").contains("Permission denied");
  }

  @Test
  void aPlaceThatMayNotBeListedIsAnError() throws IOException {
    put("b/2.png");
    LockedFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    LockedFileSystem.lock("b");

    assertThatThrownBy(() -> rows(LockedFileSystem.path(tree.resolve("b")).toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("/tree/b cannot be listed")
        .hasMessageContaining("Permission denied");
  }

  @Test
  void whatVanishesWhileItIsListedIsNotFound() throws IOException {
    Path first = put("a/1.png");
    Path second = put("a/2.png");
    Entry folder = new LocalFolders().find("file:" + tree + "/a").orElseThrow();
    FolderEntries entries = new FolderEntries(new LocalFolders(), folder, false, true);
    Files.delete(first);
    Files.delete(second);

    assertThat(entries.next().path()).matches(".*/a/[12].png");
    assertThat(entries.hasNext()).isFalse();

    Files.delete(tree.resolve("a"));
    assertThat(new FolderEntries(new LocalFolders(), folder, false, true).hasNext()).isFalse();
    assertThatThrownBy(() -> new FolderEntries(new LocalFolders(), folder, false, false))
        .as("of a folder that must be there Spark is to try again")
        .isInstanceOf(RetriedRead.class);
    assertThat(new FolderEntries(new LocalFolders(), folder, true, false).next().kind())
        .isEqualTo(Entry.Kind.UNLISTED);
  }
}
