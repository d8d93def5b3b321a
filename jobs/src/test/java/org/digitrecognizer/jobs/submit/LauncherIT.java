// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** submit/digits with the jar and the Spark that the build made. */
class LauncherIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path directory;

  @Test
  void listsTheJobsThatTheJarHas() throws Exception {
    Path target = PROJECT.resolve("jobs/target");
    Run jar =
        Run.of(
            directory,
            Map.of(),
            List.of(
                "java",
                "-cp",
                target.resolve("digit-recognizer-jobs.jar") + ":" + target.resolve("spark/jars/*"),
                "org.digitrecognizer.jobs.Digits",
                "--help"));
    assertThat(jar.status()).as(jar.toString()).isZero();
    Run launcher = digits("--help");
    assertThat(jobs(launcher)).as(jar.output()).isNotEmpty().isEqualTo(jobs(jar));
  }

  @Test
  void statusOfTheJobComesThroughSparkSubmit() throws Exception {
    Run help = digits("ingest", "--help");
    assertThat(help.status()).as(help.toString()).isZero();
    assertThat(help.output()).contains("--source", "--output");
    Run wrong = digits("ingest", "--no-such-option");
    assertThat(wrong.status()).as(wrong.toString()).isEqualTo(2);
    assertThat(wrong.errors()).contains("--no-such-option").hasLineCount(1);
  }

  @Test
  void takesClassesFromTheArchiveThatTheBuildMade() throws Exception {
    Path log = directory.resolve("classes.log");
    Run samples =
        digits(
            "samples",
            "--source=" + PROJECT.resolve("data/mnist"),
            "--output=" + directory.resolve("scans"),
            "--images=10",
            "--",
            "--driver-java-options",
            "-Xlog:class+load:file=" + log);
    assertThat(samples.status()).as(samples.toString()).isZero();
    assertThat(samples.errors()).isEmpty();
    List<String> loaded = Files.readAllLines(log);
    for (String name :
        List.of("org.digitrecognizer.jobs.Digits", "org.apache.spark.SparkContext")) {
      assertThat(loaded)
          .filteredOn(line -> line.contains(" " + name + " "))
          .singleElement()
          .asString()
          .contains("shared objects file (top)");
    }
  }

  @Test
  void archiveOfOtherJarsIsPassedOverWithoutAWord() throws Exception {
    Path home = directory.resolve("home");
    Path target = Files.createDirectories(home.resolve("jobs/target"));
    Path built = PROJECT.resolve("jobs/target");
    copy(home, PROJECT.resolve("submit"), PROJECT.resolve("conf"));
    copy(
        target,
        built.resolve("digit-recognizer-jobs.jar"),
        built.resolve("digit-recognizer-jobs.jsa"));
    Files.createSymbolicLink(target.resolve("spark"), built.resolve("spark"));
    Run run =
        Run.of(
            directory,
            Map.of(),
            List.of(
                home.resolve("submit/digits").toString(),
                "samples",
                "--source=" + PROJECT.resolve("data/mnist"),
                "--output=" + directory.resolve("scans"),
                "--images=10"));
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).startsWith("Starting Spark");
  }

  private void copy(Path into, Path... what) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("cp", "-r"));
    Arrays.stream(what).map(Path::toString).forEach(command::add);
    command.add(into.toString());
    assertThat(Run.of(directory, Map.of(), command).status()).isZero();
  }

  private Run digits(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = PROJECT.resolve("submit/digits").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Run.of(directory, Map.of(), Arrays.asList(command));
  }

  // The names under "Jobs:", up to the next empty line.
  private static List<String> jobs(Run help) {
    return help.output()
        .lines()
        .dropWhile(line -> !line.startsWith("Jobs:"))
        .skip(1)
        .dropWhile(String::isBlank)
        .takeWhile(line -> !line.isBlank())
        .filter(line -> line.matches(" {2}\\S.*"))
        .map(line -> line.strip().replaceFirst("\\s.*", ""))
        .toList();
  }
}
