// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.digitrecognizer.jobs.submit.StubbedHome.TRAIN;
import static org.digitrecognizer.jobs.submit.StubbedHome.settings;
import static org.digitrecognizer.jobs.submit.StubbedHome.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.digitrecognizer.jobs.DyingFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How submit/digits learns the exit status of a driver that runs somewhere in the cluster. */
class ClusterDeployModeTest {

  private static final String WRITE_RESULT =
      """
      while [ "$1" != --result-file ]; do shift; done
      printf '%s' "$STUB_RESULT" >"${2#*:}"
      """;

  private static final String[] CLUSTER = {"--", "--master", "yarn", "--deploy-mode", "cluster"};

  @TempDir Path directory;
  private final List<String> sparkOptions = new ArrayList<>();
  private StubbedHome home;
  private Path results;

  @BeforeEach
  void stubSpark() throws IOException {
    home = new StubbedHome(directory);
    results = Files.createDirectories(directory.resolve("results"));
  }

  /** The file system is one that only settings name, in three places. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void statusAndMessageComeFromTheResultFile(boolean users) throws Exception {
    home.write(
        home.path().resolve("conf/spark-yarn.conf"), "spark.hadoop.fs.defaultFS dying:///\n");
    String setting = "spark.hadoop.fs.dying.impl";
    String value = DyingFileSystem.class.getName();
    writeSite(setting + " " + (users ? "the.user's.Counts" : value) + "\n");
    if (users) {
      sparkOptions.addAll(List.of("--conf", setting + "=" + value));
    }
    home.withHadoop()
        .with("STUB_SCRIPT", WRITE_RESULT)
        .with("STUB_STATUS", "1")
        .with(
            "STUB_RESULT",
            "{\"exitStatus\" : 3,\n\"message\" : \"too \\\"many\\\" of C:\\\\x rejected\"}");
    Run run = submit("--result-dir", results.toString());
    assertThat(run.status()).as(run.toString()).isEqualTo(3);
    assertThat(run.errors()).isEqualTo("digits train: too \"many\" of C:\\x rejected\n");
    try (Stream<Path> left = Files.list(results)) {
      assertThat(left).as("result files left behind").isEmpty();
    }
  }

  /** Hadoop's shell, which fetches the result, is itself no job of the cluster. */
  @Test
  void shellHasTheClassesOfTheJobButRunsHere() throws Exception {
    writeSite("spark.hadoop.fs.s3a.secret.key between-us\n");
    sparkOptions.addAll(List.of("--packages", "org.example:connector:1", "--files", "x"));
    submit("--result-dir", "file:" + results);
    List<String> shell = home.recordedForHadoop();
    assertThat(shell)
        .containsSubsequence("--packages", "org.example:connector:1")
        .containsSubsequence("--deploy-mode", "cluster", "--deploy-mode", "client")
        .containsSubsequence("--master", "yarn", "--master", "local")
        .containsSubsequence("--files", "x", "--files", "")
        .as("every user of the machine sees the command line")
        .noneMatch(word -> word.contains("between-us"));
  }

  @Test
  void driverThatDiedLeavesNoResult() throws Exception {
    home.withHadoop();
    Run run = submit("--result-dir=file:" + results);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .matches(
            "digits: the job left no exit status in "
                + Pattern.quote("file:" + results)
                + "/digits-train-\\S+\\.json \\(spark-submit ended with 0\\): see the driver's"
                + " log\n");
  }

  @Test
  void resultDirectoryMayBeASettingOfTheSite() throws Exception {
    writeSite("spark.digitrecognizer.resultDir file:" + results + "/\n");
    submit();
    assertThat(home.recorded().get(home.recorded().size() - 1))
        .startsWith("file:" + results + "/digits-train-")
        .endsWith(".json");
  }

  @Test
  void withoutResultDirectoryNothingIsSubmitted() throws Exception {
    Run run = submit();
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors())
        .isEqualTo(
            "digits: --deploy-mode cluster needs --result-dir URI (before the job's name), where"
                + " the job can leave its exit status\n");
    assertThat(home.submittedAnything()).isFalse();
  }

  @Test
  void defaultsBecomeOptionsSinceTheDriverHasNoSuchFile() throws Exception {
    home.write(
        home.path().resolve("conf/train.properties"),
        "# of the job\nepochs = 12\nbatch-size=128\nresume=true\n");
    home.digits(
        with(
            with(new String[] {"--result-dir", "file:" + results}, TRAIN),
            with(new String[] {"--epochs", "3"}, CLUSTER)));
    List<String> job = home.jobArguments(home.recorded());
    assertThat(job).startsWith("train", "--batch-size=128", "--resume=true", "--data", "x");
  }

  /** Spark itself starts such a driver without what it adds to every other JVM. */
  @Test
  void driverOfAStandaloneClusterGetsAllOptionsAsExtraOnes() throws Exception {
    home.digits(
        "--result-dir=file:" + results,
        "train",
        "--data=x",
        "--model=y",
        "--",
        "--master=spark://x:7077",
        "--deploy-mode=cluster",
        "--driver-java-options",
        "-Duser=1");
    List<String> submitted = home.recorded();
    String options = submitted.get(submitted.lastIndexOf("--driver-java-options") + 1);
    // Spark 4 has more, which is for its own linear algebra and for newer Javas.
    assertThat(options.split(" "))
        .startsWith("-XX:+IgnoreUnrecognizedVMOptions")
        .containsAll(
            Stream.of(JavaModuleOptions.defaultModuleOptions().split(" "))
                .filter(option -> option.startsWith("--add-opens="))
                .toList())
        .contains("-Djdk.reflect.useDirectMethodHandle=false", "-Djava.awt.headless=true")
        .endsWith("-Duser=1");
  }

  @Test
  void driverOnYarnGetsThemFromSparkItself() throws Exception {
    submit("--result-dir=file:" + results);
    assertThat(home.recorded()).doesNotContain("--driver-java-options");
  }

  @ParameterizedTest
  @CsvSource({
    "yarn, spark.yarn.submit.waitAppCompletion",
    "spark://x:7077, spark.standalone.submit.waitAppCompletion"
  })
  void waitsThoughTheSiteDoesNotWant(String master, String setting) throws Exception {
    writeSite(setting + " false\n");
    String[] job = {
      "--result-dir=file:" + results, "train", "--data=x", "--model=y", "--", "--master", master
    };
    home.digits(with(job, "--deploy-mode=cluster"));
    assertThat(settings(home.recorded(), setting)).containsExactly("true");

    Run run = home.digits(with(job, "--deploy-mode=cluster", "--conf", setting + "=false"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors())
        .isEqualTo(
            "digits: %s=false would leave the job's exit status unknown: leave it away, or submit"
                    .formatted(setting)
                + " with spark-submit itself\n");
  }

  @Test
  void deployModeMayComeFromTheEnvironmentAsSparkHasIt() throws Exception {
    home.with("DEPLOY_MODE", "cluster");
    String[] job = {
      "--result-dir=file:" + results, "train", "--data=x", "--model=y", "--", "--master=yarn"
    };
    home.digits(job);
    assertThat(home.recorded()).contains("--result-file");
    home.digits(with(job, "--deploy-mode=client"));
    assertThat(home.recorded()).as("the option wins").doesNotContain("--result-file");
  }

  @ParameterizedTest
  @CsvSource({
    "TERM, 143, yarn, with 'yarn application -kill'",
    "INT, 130, spark://x:1, on the master's page"
  })
  void stoppedItEndsSparkSubmitAndSaysThatTheJobGoesOn(
      String signal, int status, String master, String how) throws Exception {
    Path pid = directory.resolve("pid");
    home.with(
        "STUB_SCRIPT", "echo $$ >'%1$s.new'; mv '%1$s.new' '%1$s'; exec sleep 600".formatted(pid));
    Run.Started started =
        home.start(
            "--result-dir=file:" + results,
            "train",
            "--data=x",
            "--model=y",
            "--",
            "--master",
            master,
            "--deploy-mode=cluster");
    LocalCluster.await(() -> Files.exists(pid) || !started.process().isAlive());
    LocalCluster.signal(started.process().toHandle(), signal);
    Run run = started.end();
    assertThat(run.status()).as(run.toString()).isEqualTo(status);
    assertThat(run.errors())
        .matches(
            "digits train: waits no longer; if it was submitted by now, the job goes on in the"
                + " cluster and leaves its exit status in file:.*/digits-train-.*\\.json; to stop"
                + " it too, kill it "
                + how
                + "\n");
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
        .as("spark-submit")
        .isEmpty();
  }

  private void writeSite(String text) throws IOException {
    home.write(home.spark().resolve("conf/spark-defaults.conf"), text);
  }

  /** Submits a training in cluster deploy mode. */
  private Run submit(String... launcherOptions) throws IOException, InterruptedException {
    String[] job = with(with(launcherOptions, TRAIN), CLUSTER);
    return home.digits(with(job, sparkOptions.toArray(String[]::new)));
  }
}
