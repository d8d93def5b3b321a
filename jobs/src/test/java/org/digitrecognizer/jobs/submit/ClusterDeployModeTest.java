package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How submit/digits learns the exit status of a driver that runs somewhere in the cluster. */
class ClusterDeployModeTest {

  private static final String WRITE_RESULT =
      """
      while [ "$1" != --result-file ]; do shift; done
      printf '%s' "$STUB_RESULT" >"${2#file:}"
      """;

  @TempDir Path directory;
  private StubbedHome home;
  private Path results;

  @BeforeEach
  void stubSpark() throws IOException {
    home = new StubbedHome(directory);
    results = Files.createDirectories(directory.resolve("results"));
  }

  @Test
  void statusAndMessageComeFromTheResultFile() throws Exception {
    home.withHadoop()
        .with("STUB_SCRIPT", WRITE_RESULT)
        .with(
            "STUB_RESULT",
            "{\"exitStatus\" : 3,\n\"message\" : \"too \\\"many\\\" of C:\\\\x rejected\"}");
    Run run = submit("--result-dir", "file:" + results, "train");
    assertThat(run.status()).as(run.toString()).isEqualTo(3);
    assertThat(run.errors()).isEqualTo("digits train: too \"many\" of C:\\x rejected\n");
    try (Stream<Path> left = Files.list(results)) {
      assertThat(left).as("result files left behind").isEmpty();
    }
  }

  @Test
  void statusOfSparkSubmitCountsForNothing() throws Exception {
    home.withHadoop()
        .with("STUB_SCRIPT", WRITE_RESULT)
        .with("STUB_STATUS", "1")
        .with("STUB_RESULT", "{\"exitStatus\":0,\"message\":\"\"}");
    Run run = submit("--result-dir", "file:" + results, "train");
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.errors()).isEmpty();
  }

  @Test
  void driverThatDiedLeavesNoResult() throws Exception {
    home.withHadoop();
    Run run = submit("--result-dir=file:" + results, "train");
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
    home.write(
        home.spark().resolve("conf/spark-defaults.conf"),
        "spark.digitrecognizer.resultDir file:" + results + "/\n");
    submit("train");
    assertThat(home.recorded().get(home.recorded().size() - 1))
        .startsWith("file:" + results + "/digits-train-")
        .endsWith(".json");
  }

  @Test
  void withoutResultDirectoryNothingIsSubmitted() throws Exception {
    Run run = submit("train");
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
    submit("--result-dir", "file:" + results, "train", "--data", "x", "--epochs", "3");
    List<String> job = home.jobArguments(home.recorded());
    assertThat(job)
        .startsWith("train", "--batch-size=128", "--resume=true", "--data", "x", "--epochs", "3");
  }

  /** Spark itself starts such a driver without what it adds to every other JVM. */
  @Test
  void driverOfAStandaloneClusterGetsAllOptionsAsExtraOnes() throws Exception {
    home.digits(
        "--result-dir=file:" + results,
        "train",
        "--",
        "--master=spark://x:7077",
        "--deploy-mode=cluster",
        "--driver-java-options",
        "-Duser=1");
    List<String> submitted = home.recorded();
    String options = submitted.get(submitted.lastIndexOf("--driver-java-options") + 1);
    assertThat(options)
        .startsWith(JavaModuleOptions.defaultModuleOptions() + " -Djava.awt.headless=true ")
        .endsWith(" -Duser=1");
  }

  @Test
  void driverOnYarnGetsThemFromSparkItself() throws Exception {
    submit("--result-dir=file:" + results, "train");
    assertThat(home.recorded()).doesNotContain("--driver-java-options");
  }

  private Run submit(String... arguments) throws IOException, InterruptedException {
    String[] all = new String[arguments.length + 5];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    String[] cluster = {"--", "--master", "yarn", "--deploy-mode", "cluster"};
    System.arraycopy(cluster, 0, all, arguments.length, cluster.length);
    return home.digits(all);
  }
}
