// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.digitrecognizer.jobs.submit.StubbedHome.TRAIN;
import static org.digitrecognizer.jobs.submit.StubbedHome.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How submit/digits calls spark-submit: arguments, exit status, and what it says when it cannot.
 */
class LauncherTest {

  private static final String[] AWKWARD = {
    "score",
    "--archives",
    "*",
    "--model=a  b it's \"quoted\"",
    "--output",
    "$HOME",
    "--labels",
    "two\nlines and a back\\slash, ü and 数"
  };

  @TempDir Path directory;
  private StubbedHome home;

  @BeforeEach
  void stubSpark() throws IOException {
    home = new StubbedHome(directory);
  }

  @Test
  void jobGetsItsArgumentsAsTheyStand() throws Exception {
    assertThat(home.jobArguments(home.submitted(AWKWARD))).containsExactly(AWKWARD);
  }

  @Test
  void whatFollowsTheDashesGoesToSparkSubmit() throws Exception {
    List<String> submitted = home.train("--name", "a  'b'", "--files", "", "--", "-x");
    assertThat(submitted.subList(0, submitted.indexOf("--class")))
        .containsSubsequence("--name", "a  'b'", "--files", "", "--", "-x");
    assertThat(home.jobArguments(submitted)).containsExactly(StubbedHome.TRAIN);
  }

  @Test
  void namesMainClassAndJar() throws Exception {
    assertThat(home.train())
        .containsSubsequence(
            "--class", "org.digitrecognizer.jobs.Digits", home.jar().toString(), "train");
  }

  @Test
  void anotherJarMayBeNamed() throws Exception {
    assertThat(home.submitted(with(new String[] {"--jar", "hdfs:///lib/jobs.jar"}, TRAIN)))
        .containsSubsequence("hdfs:///lib/jobs.jar", "train");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void exitStatusOfTheJobIsPassedOn(int status) throws Exception {
    home.with("STUB_STATUS", "" + status);
    assertThat(home.digits(TRAIN).status()).isEqualTo(status);
  }

  @Test
  void printedCommandDoesTheSame() throws Exception {
    List<String> submitted = home.submitted(AWKWARD);
    String environment = home.recordedEnvironment();
    home.with("STUB_STATUS", "7");
    String[] arguments = new String[AWKWARD.length + 1];
    arguments[0] = "--print-command";
    System.arraycopy(AWKWARD, 0, arguments, 1, AWKWARD.length);
    Run printed = home.digits(arguments);
    assertThat(printed.status()).as("nothing is submitted: " + printed).isZero();

    Path script = directory.resolve("printed.sh");
    home.write(script, "#!/bin/sh\n" + printed.output());
    assertThat(script.toFile().setExecutable(true)).isTrue();
    assertThat(home.run(script).status()).isEqualTo(7);
    assertThat(home.recorded()).isEqualTo(submitted);
    assertThat(home.recordedEnvironment()).isEqualTo(environment);
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    Path link = Files.createDirectories(directory.resolve("bin")).resolve("d");
    Files.createSymbolicLink(
        directory.resolve("relative"), Path.of("it's home", "submit", "digits"));
    Files.createSymbolicLink(link, Path.of("..", "relative"));
    assertThat(home.run(link, TRAIN).status()).isZero();
    assertThat(home.recorded()).contains(home.jar().toString());
  }

  @Test
  void localModeHasOneThreadATaskAndListensOnLoopbackOnly() throws Exception {
    home.train();
    assertThat(home.recordedEnvironment()).isEqualTo("1 127.0.0.1");
    home.with("OMP_NUM_THREADS", "4").with("SPARK_LOCAL_IP", "10.0.0.1").train();
    assertThat(home.recordedEnvironment()).as("set by the user").isEqualTo("4 10.0.0.1");
    home.with("SPARK_LOCAL_IP", null).train("--master", "yarn");
    assertThat(home.recordedEnvironment()).as("on a cluster").isEqualTo("4 ");
  }

  @Test
  void helpListsTheJobs() throws Exception {
    Run run = home.digits("--help");
    assertThat(run.status()).isZero();
    assertThat(run.output()).contains("Jobs:", "  ingest  ", "  train  ", "--print-command");
    assertThat(home.submittedAnything()).isFalse();
  }

  @Test
  void wrongUsageIsOneLineAndStatus2() throws Exception {
    assertWrongUsage(
        home.digits("trian"),
        "digits: no job called 'trian' (did you mean train?); see submit/digits --help");
    assertWrongUsage(home.digits(), "digits: no job given; see submit/digits --help");
    assertWrongUsage(
        home.digits("--print-command", "--jar"),
        "digits: --jar needs a URI; see submit/digits --help");
    assertWrongUsage(
        home.digits("--epochs", "3", "train"),
        "digits: no launcher option --epochs (a job's options stand after its name);"
            + " see submit/digits --help");
  }

  private void assertWrongUsage(Run run, String message) {
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).isEqualTo(message + "\n");
    assertThat(home.submittedAnything()).isFalse();
  }

  @Test
  void missingJarSaysHowToBuildIt() throws Exception {
    Files.delete(home.jar());
    assertFails(home.jar() + " is missing: run 'mvn -q -DskipTests package' in " + home.path());
  }

  @Test
  void withoutSparkHomeItsOwnSparkMustBeBuilt() throws Exception {
    home.with("SPARK_HOME", null);
    assertFails(
        home.path()
            + "/jobs/target/spark/jars is missing: run 'mvn -q -DskipTests package' in "
            + home.path()
            + ", or let SPARK_HOME name a Spark 3.5 or 4");
  }

  @Test
  void wrongSparkHomeIsNamed() throws Exception {
    home.with("SPARK_HOME", "/nowhere");
    assertFails("SPARK_HOME is /nowhere, but there is no bin/spark-submit in it");
  }

  @Test
  void missingJavaIsNamed() throws Exception {
    home.with("JAVA_HOME", "/nowhere");
    assertFails("no Java found: install JDK 17, or let JAVA_HOME name one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_402", "11.0.2"})
  void oldJavaIsNamed(String version) throws Exception {
    stubJava(version);
    assertFails("Java " + version + " is too old: install JDK 17, or let JAVA_HOME name one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"22.0.2", "24", "25-ea"})
  void newJavaThatSparkCannotStartOnIsNamed(String version) throws Exception {
    stubJava(version);
    assertFails(
        "Java "
            + version
            + " is too new for Spark 3.5: install JDK 17 (21 at most), or let JAVA_HOME name one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "17.0.13", "21.0.9"})
  void javaThatSparkStartsOnIsTaken(String version) throws Exception {
    stubJava(version);
    assertThat(home.train()).contains("train");
  }

  private void stubJava(String version) throws IOException {
    Path java = directory.resolve("jdk/bin/java");
    home.write(
        java,
        """
        #!/bin/sh
        case " $* " in
          *' -version '*) echo 'openjdk version "%s" 2019-01-15' >&2 ;;
          *) exec '%s/bin/java' "$@" ;;
        esac
        """
            .formatted(version, System.getProperty("java.home")));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    home.with("JAVA_HOME", directory.resolve("jdk").toString());
  }

  private void assertFails(String message) throws Exception {
    Run run = home.digits(TRAIN);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors()).isEqualTo("digits: " + message + "\n");
    assertThat(home.submittedAnything()).isFalse();
  }
}
