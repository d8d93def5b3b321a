// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.digitrecognizer.jobs.submit.StubbedHome.TRAIN;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What submit/digits makes of where it is called: locale, folders, Java's own variables. */
class LauncherSurroundingsTest {

  /** Leaves a file in the folder for temporary files, as Spark does, and says so. */
  private static final String TEMPORARY =
      """
      eval "options=($SPARK_SUBMIT_OPTS)"
      folder=${options[0]#-Djava.io.tmpdir=}
      mkdir "$folder/blockmgr-1" || exit 9
      echo "$folder"
      """;

  private static final String STARTING = "Starting Spark\n";

  @TempDir Path directory;
  private StubbedHome home;

  @BeforeEach
  void stubSpark() throws IOException {
    home = new StubbedHome(directory);
  }

  /** Opens the files of a folder, as a job does that finds them. */
  static final class Opening {

    private Opening() {}

    @SuppressWarnings("unused")
    public static void main(String[] folder) throws IOException {
      for (File file : new File(folder[0]).listFiles()) {
        Files.copy(file.toPath(), System.out);
        try (InputStream stream = new FileInputStream(file)) {
          stream.transferTo(System.out);
        }
      }
    }
  }

  /** What the driver says, after the launcher's own line. */
  private static String said(Run run) {
    assertThat(run.output()).startsWith(STARTING);
    return run.output().substring(STARTING.length());
  }

  @Test
  void aUserWithoutANameIsToldSo() throws Exception {
    String id = "#!/bin/sh\n[ \"$1\" = -u ] && echo 4711 || exit 1\n";
    Run run = home.withProgram("id", id).digits(TRAIN);
    assertThat(run.status()).as(run.toString()).isEqualTo(1);
    assertThat(run.errors())
        .isEqualTo(
            "digits: the user number 4711 has no name here, without which Hadoop cannot log in:"
                + " give it a line in /etc/passwd, or run as another user\n");
    assertThat(home.submittedAnything()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "xx_XX.UTF-8", ""})
  void driverOpensAFileWhoseNameTheLocaleDoesNotKnow(String locale) throws Exception {
    home.write(directory.resolve("scans/Prüfung №1.png"), "opened\n");
    home.with("LANG", "C")
        .with("LC_ALL", locale)
        .withHadoop()
        .with(
            "STUB_SCRIPT",
            "java -XX:TieredStopAtLevel=1 -cp \"$STUB_CLASS_PATH\" '%s' '%s'"
                .formatted(Opening.class.getName(), directory.resolve("scans")));
    Run run = home.digits(TRAIN);
    assertThat(said(run)).as(run.toString()).isEqualTo("opened\nopened\n");
    assertThat(run.errors().lines())
        .as("but for bash's own word on a locale that is not there")
        .allMatch(line -> line.contains("setlocale"));
  }

  @Test
  void localeThatKnowsUtf8IsLeftAlone() throws Exception {
    home.with("LC_ALL", "C.UTF-8").with("LANG", "de_DE").with("STUB_SCRIPT", "echo $LC_ALL $LANG");
    assertThat(said(home.digits(TRAIN))).isEqualTo("C.UTF-8 de_DE\n");
    assertThat(home.digits("--print-command", "train", "--data=x", "--model=y").output())
        .doesNotContain("LC_ALL");
  }

  @Test
  void whatAKillLeavesIsRemovedByTheNextRun() throws Exception {
    home.with("STUB_SCRIPT", TEMPORARY + "exec sleep 600");
    Run.Started killed = home.start(TRAIN);
    Run.Started alive = home.start(TRAIN);
    try {
      LocalCluster.await(() -> killed.hasSaid("/vm/") && alive.hasSaid("/vm/"));
      killed.process().destroyForcibly();
      Path left = Path.of(said(killed.end()).strip());
      assertThat(left.resolve("blockmgr-1")).isDirectory();
      home.with("STUB_SCRIPT", TEMPORARY);
      Run next = home.digits(TRAIN);
      assertThat(next.status()).as(next.toString()).isZero();
      assertThat(left).as("of a process that is no more").doesNotExist();
      try (Stream<Path> folders = Files.list(left.getParent())) {
        assertThat(folders)
            .as("of one that is, and of the next run")
            .containsExactlyInAnyOrder(
                left.resolveSibling("" + alive.process().pid()), Path.of(said(next).strip()));
      }
    } finally {
      alive.process().destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "SPARK_SUBMIT_OPTS"})
  void folderForTemporaryFilesOfTheUserStands(String variable) throws Exception {
    home.with(variable, "-Djava.io.tmpdir=/mine").with("STUB_SCRIPT", "echo $SPARK_SUBMIT_OPTS");
    assertThat(said(home.digits(TRAIN)))
        .isEqualTo(variable.startsWith("JAVA") ? "\n" : "-Djava.io.tmpdir=/mine\n");
  }

  @Test
  void folderForTemporaryFilesMustBeOnesOwn() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Run run = home.with("TMPDIR", file.toString()).digits(TRAIN);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .matches(
            "digits: no folder of one's own can be made at "
                + file
                + "/digits-\\S+: let TMPDIR"
                + " name another place\n");
  }

  @Test
  void optionsOfAllJavasDoNotShowInAnAnswer() throws Exception {
    home.with("JAVA_TOOL_OPTIONS", "-Dversion=\"1.2\"");
    assertThat(home.digits("trian").errors()).startsWith("digits: no job").hasLineCount(1);
    assertThat(home.digits(TRAIN).status()).isZero();
  }

  /** Bash itself may have its say before. */
  @Test
  void deletedFolderIsSaid() throws Exception {
    String gone = directory.resolve("gone").toString();
    String script =
        "mkdir '%1$s' && cd '%1$s' && rmdir '%1$s' && exec \"$0\" train".formatted(gone);
    Run run =
        Run.of(
            directory,
            Map.of(),
            List.of("bash", "-c", script, home.path().resolve("submit/digits").toString()));
    assertThat(run.status()).as(run.toString()).isEqualTo(1);
    assertThat(run.errors())
        .endsWith("digits: the current folder has been deleted: change into one that is there\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a#b", "50%", "$HOME", "ü", "a,b", "[1]", "back\\slash", "a*?"})
  void projectMayHaveAnyName(String name) throws Exception {
    StubbedHome awkward = new StubbedHome(Files.createDirectories(directory.resolve(name)));
    List<String> submitted = awkward.train();
    String jar = submitted.get(submitted.indexOf("--class") + 2);
    assertThat(jar.startsWith("file:") ? Path.of(URI.create(jar)) : Path.of(jar))
        .isEqualTo(awkward.jar());
  }

  @Test
  void projectWhoseNameNoClassPathCanHaveIsSaid() throws Exception {
    StubbedHome awkward = new StubbedHome(Files.createDirectories(directory.resolve("a:b")));
    assertThat(awkward.digits(TRAIN).errors())
        .isEqualTo(
            "digits: Java cannot take a class path with a ':' in a folder's name: rename "
                + awkward.path()
                + "\n");
  }
}
