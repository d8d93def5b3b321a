// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What submit/quickstart.sh submits and says, on a Spark that only writes down what it is given.
 */
class QuickstartTest {

  /** Keeps every job's command, and answers evaluate with a report. */
  private static final String JOBS =
      """
      while [ "$1" != --class ]; do echo "$1"; shift; done >"$STUB_ARGUMENTS.spark"
      shift 3
      echo "$@" >>"$STUB_ARGUMENTS.jobs"
      job=$1
      while [ $# -gt 0 ] && [ "$1" != --output ]; do shift; done
      if [[ "$job" =~ evaluate|score ]] && [ "${2#file:}" != "$2" ]; then
        mkdir -p "${2#file:}/report"
        echo '{"images":10000, "scored":10000,"accuracy" : 0.98765,"perClass":[{"accuracy":0.1}]}' \\
          >"${2#file:}/report/metrics.json"
      fi
      """;

  /** Keeps how it was called, and makes a jar, unless it is told to fail. */
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo "$PWD: mvn $*" >>"$STUB_ARGUMENTS.mvn"
      printf '\\033[1mBUILD\\033[m \\033[0;32mgreen\\033[0m\\n'
      mkdir -p jobs/target/spark/jars
      [ -z "$STUB_BUILD_FAILS" ] && cp "$STUB_JAR" jobs/target/digit-recognizer-jobs.jar
      """;

  private static final List<String> SOURCES =
      List.of(
          "pom.xml",
          "common/pom.xml",
          "common/src/main/java/Digit.java",
          "jobs/pom.xml",
          "jobs/src/main/resources/version.properties");

  @TempDir Path directory;
  private StubbedHome home;
  private Path results;

  @BeforeEach
  void stubSpark() throws IOException {
    home = new StubbedHome(directory).with("STUB_SCRIPT", JOBS).withProgram("mvn", MAVEN);
    for (String file : SOURCES) {
      home.write(home.path().resolve(file), "");
    }
    Files.createDirectories(home.path().resolve("jobs/target/spark/jars"));
    Files.copy(home.jar(), directory.resolve("built.jar"));
    home.with("STUB_JAR", directory.resolve("built.jar").toString());
    change(home.jar(), Duration.ofMinutes(1));
    results = directory.resolve("my results");
  }

  /** Sets when a file or folder was changed last, from now on. */
  private static void change(Path file, Duration later) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(later)));
  }

  @Test
  void runsTheJobsOneAfterTheOtherAndShowsTheAccuracy() throws Exception {
    Run run = quickstart(results.toString());
    assertThat(run.status()).as(run.toString()).isZero();
    String made = "file:" + results;
    assertThat(jobs())
        .isEqualTo(
            """
            ingest --source file:%1$s/data/mnist --output %2$s/dataset --overwrite
            train --recipe scans --data %2$s/dataset --model %2$s/model --epochs 5 --overwrite
            evaluate --data %2$s/dataset --model %2$s/model --output %2$s/evaluation --overwrite
            samples --source file:%1$s/data/mnist --output %2$s/scans --images 1000 --extras --overwrite
            score --archives %2$s/scans/digits.zip --labels %2$s/scans/labels.csv --model %2$s/model --output %2$s/scores --target-error 0.01 --overwrite
            score --archives %2$s/scans/digits.zip --labels %2$s/scans/labels.csv --model file:%1$s/models/scans --output %2$s/scores-scans --target-error 0.01 --overwrite
            samples --source file:%1$s/data/mnist --numbers file:%1$s/conf/forms/meter-card.yaml --output %2$s/numbers --images 200 --overwrite
            score --archives %2$s/numbers/digits.zip --labels %2$s/numbers/labels.csv --form file:%1$s/conf/forms/meter-card.yaml --model file:%1$s/models/scans --output %2$s/scores-numbers --target-error 0.01 --overwrite
            """
                .formatted(home.path(), made));
    assertThat(run.output())
        .contains("Accuracy on 10000 test digits after 5 epochs: 98.77 %\n")
        .contains("Of the sample scans it reads 98.8 % right, models/scans 98.8 %\n")
        .contains("Of 200 numbers of 5 to 7 digits models/scans reads 98.8 % right\n")
        .contains("1/7 Ingesting", "2/7 Training", "3/7 Eval", "4/7 Drawing")
        .contains("5/7 Scoring", "6/7 Scoring", "7/7 Drawing")
        .contains(made + "/evaluation/report/index.html")
        .contains(made + "/scores/report/index.html")
        .contains("To train longer:");
  }

  @Test
  void buildsNothingThatIsBuiltAndUpToDate() throws Exception {
    assertThat(quickstart(results.toString()).output()).startsWith("1/7 Ingesting");
    assertThat(builds()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "common/pom.xml",
        "common/src/main/java/Digit.java",
        "jobs/pom.xml",
        // A file has gone from it.
        "jobs/src/main/resources"
      })
  void buildsAgainWhereASourceIsNewer(String source) throws Exception {
    change(home.path().resolve(source), Duration.ofMinutes(2));
    assertBuilds();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs/target/digit-recognizer-jobs.jar", "jobs/target/spark/jars"})
  void buildsWhatIsMissing(String made) throws Exception {
    Files.delete(home.path().resolve(made));
    assertBuilds();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PK", "PK\3\4 and so on, but not to the end of the file."})
  void buildsAgainWhereABuildWasCutShort(String jar) throws Exception {
    home.write(home.jar(), jar);
    change(home.jar(), Duration.ofMinutes(1));
    assertBuilds();
  }

  /** The first job after it fails, so that the others need not run. */
  private void assertBuilds() throws Exception {
    home.with("STUB_STATUS", "1");
    Run run = quickstart(results.toString());
    assertThat(run.status()).as(run.toString()).isEqualTo(1);
    assertThat(run.output()).startsWith("Building (about a minute");
    assertThat(run.output()).contains("\nBUILD green\n").doesNotContain("\033");
    assertThat(builds())
        .hasContent(home.path() + ": mvn -B -q -Dstyle.color=never -DskipTests package");
    assertThat(jobs()).startsWith("ingest ").hasLineCount(1);
  }

  @Test
  void submitsNothingWhereTheBuildFails() throws Exception {
    Files.delete(home.jar());
    home.with("STUB_BUILD_FAILS", "1");
    Run run = quickstart(results.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors()).isEqualTo("quickstart: the build failed: see above\n");
    assertThat(home.submittedAnything()).isFalse();
  }

  @Test
  void makesWorkInTheCurrentFolderUnlessTold() throws Exception {
    assertThat(quickstart().status()).isZero();
    assertThat(jobs()).contains("--output file:" + directory.resolve("work/dataset") + " ");
  }

  @Test
  void runsAgainWhereItRanBefore() throws Exception {
    assertThat(quickstart(results.toString()).status()).isZero();
    assertThat(quickstart(results.toString()).status()).isZero();
    assertThat(jobs().lines()).hasSize(16).allMatch(job -> job.endsWith(" --overwrite"));
  }

  @Test
  void leavesFoldersOfOthersAlone() throws Exception {
    home.write(results.resolve("thesis.txt"), "mine");
    Run run = quickstart(results.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .isEqualTo(
            "quickstart: "
                + results
                + " is not empty and was not made by quickstart: name another DIR\n");
    assertThat(home.submittedAnything()).isFalse();
  }

  @Test
  void epochsComeFromTheOptionOrTheEnvironment() throws Exception {
    quickstart(results.toString(), "--epochs", "12");
    quickstart("--epochs=13", results.toString());
    home.with("EPOCHS", "14");
    quickstart(results.toString());
    assertThat(jobs()).contains("--epochs 12 ", "--epochs 13 ", "--epochs 14 ");
    assertThat(quickstart("--epochs", "1", results.toString()).output())
        .contains("Training, 1 epoch (", "after 1 epoch: ");
    Run wrong = quickstart("--epochs", "many");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.errors())
        .isEqualTo("quickstart: --epochs needs a whole number from 1 on, not 'many'\n");
  }

  @Test
  void submitsToTheSparkThatIsNamedAndOverwritesNothingThere() throws Exception {
    Run run = quickstart("hdfs:///user/me/try", "--", "--master", "yarn");
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(Files.readString(Path.of(directory + "/arguments.spark")))
        .contains("--master\nyarn\n");
    assertThat(jobs())
        .contains("--output hdfs:///user/me/try/dataset\n")
        .contains("--archives hdfs:///user/me/try/scans/digits.zip --labels hdfs:///user/me/try/")
        .doesNotContain("--overwrite");
    assertThat(run.output()).contains("hdfs:///user/me/try/evaluation/report/index.html");
  }

  @Test
  void stopsAtTheFirstJobThatFails() throws Exception {
    home.with("STUB_STATUS", "1");
    assertThat(quickstart(results.toString()).status()).isEqualTo(1);
    assertThat(jobs()).startsWith("ingest ").hasLineCount(1);
  }

  private Run quickstart(String... arguments) throws IOException, InterruptedException {
    return home.run(home.path().resolve("submit/quickstart.sh"), arguments);
  }

  /** Returns the file that has how Maven was called. */
  private Path builds() {
    return Path.of(directory + "/arguments.mvn");
  }

  private String jobs() throws IOException {
    return Files.readString(Path.of(directory + "/arguments.jobs"));
  }
}
