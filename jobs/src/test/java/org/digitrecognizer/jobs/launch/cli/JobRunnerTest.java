// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.failure.LockedFileSystem;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class JobRunnerTest {

  @TempDir private Path directory;

  @Command(name = "fake", description = "Does nothing.")
  static final class FakeJob extends Job {

    @Option(
        names = "--count",
        required = true,
        paramLabel = "N",
        description = "How many, 1 to 10.")
    private int count;

    @Option(names = "--flag", fallbackValue = "true", description = "A switch.")
    private boolean flag;

    @Option(
        names = {"--seed", "--start"},
        defaultValue = "42",
        paramLabel = "N",
        description = "A seed.")
    private long seed;

    @Option(names = "--fail", defaultValue = "no", description = "How to fail.")
    private String fail;

    @Override
    protected void check(OptionCheck check) {
      check.inRange("--count", count, 1, 10);
    }

    @Override
    protected int run(SparkSession spark) throws Exception {
      switch (fail) {
        case "user" -> throw new UserException("scans.zip is missing");
        case "bug" -> throw new IllegalStateException("first line\nsecond line");
        case "error" -> throw new NoClassDefFoundError("org/nd4j/Nd4j");
        case "executor" -> failOnExecutor(spark);
        default ->
            out()
                .printf(
                    "count=%d flag=%b seed=%d zone=%s%n",
                    count, flag, seed, spark.conf().get("spark.sql.session.timeZone"));
      }
      return fail.equals("rejects") ? LIMIT_BROKEN : DONE;
    }

    private static void failOnExecutor(SparkSession spark) {
      JavaSparkContext.fromSparkContext(spark.sparkContext())
          .parallelize(List.of(1))
          .foreach(
              i -> {
                throw new UserException("page.tif is damaged");
              });
    }
  }

  @BeforeEach
  void startSpark() {
    TestSpark.session();
  }

  private static CommandRun fake(String... args) {
    return CommandRun.run(List.of(new FakeJob()), args);
  }

  @Test
  void runsAJobInASessionWithTheRequiredSettings() {
    assertThat(fake("fake", "--count", "3").succeeded().out())
        .isEqualToIgnoringNewLines("count=3 flag=false seed=42 zone=UTC");
    assertThat(TestSpark.session().sparkContext().isStopped())
        .as("a context that was running before goes on running")
        .isFalse();
  }

  @Test
  void passesOnAnExitStatusOfTheJobsOwn() {
    assertThat(fake("fake", "--count", "3", "--fail", "rejects").status()).isEqualTo(3);
  }

  @Test
  void showsEveryDefaultInTheHelp() {
    assertThat(fake("fake", "--help").succeeded().out())
        .contains("--seed", "Default: 42", "--defaults", "--verbose")
        .doesNotContain("--result-file");
    assertThat(fake("--help").succeeded().out()).contains("fake", "Does nothing.");
  }

  @Test
  void aUserErrorIsItsOwnLine() {
    fake("fake", "--count", "3", "--fail", "user").failedWith("digits fake: scans.zip is missing");
  }

  @Test
  void aUserErrorOnAnExecutorIsTheSameLine() {
    fake("fake", "--count", "3", "--fail", "executor")
        .failedWith("digits fake: page.tif is damaged");
  }

  @Test
  void aBugIsOneLineThatSaysHowToSeeMore() {
    fake("fake", "--count", "3", "--fail", "bug")
        .failedWith(
            "digits fake: java.lang.IllegalStateException: first line"
                + " (run again with --verbose for the stack trace)");
    fake("fake", "--count", "3", "--fail", "error")
        .failedWith(
            "digits fake: java.lang.NoClassDefFoundError: org/nd4j/Nd4j"
                + " (run again with --verbose for the stack trace)");
  }

  @Test
  void verboseShowsTheStackTrace() {
    CommandRun run = fake("fake", "--count", "3", "--fail", "user", "--verbose");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("\tat ").contains("digits fake: scans.zip is missing");
  }

  @Test
  void wrongUsageIsOneLineWithAHint() {
    assertThat(fake("fake").refused())
        .isEqualTo("digits fake: Missing required option: '--count=N'; see digits fake --help");
    assertThat(fake("fake", "--count", "x").refused()).contains("--count", "'x' is not an int");
    assertThat(fake("fake", "--count", "1", "--sed", "2").refused())
        .contains("Unknown option", "'--sed'", "did you mean --seed");
    assertThat(fake().refused()).isEqualTo("digits: No job given (fake); see digits --help");
    assertThat(fake("bake").refused()).startsWith("digits: ").contains("'bake'", "fake");
  }

  @Test
  void anOptionOutOfRangeNamesOptionValueAndRange() {
    assertThat(fake("fake", "--count", "11").refused())
        .isEqualTo(
            "digits fake: Invalid value for option '--count': 11 (must be from 1 to 10);"
                + " see digits fake --help");
    assertThat(fake("fake", "--count", "0").refused()).contains("0 (must be");
    fake("fake", "--count", "1").succeeded();
    fake("fake", "--count", "10").succeeded();
  }

  @Test
  void aDefaultsFileGivesWayToTheCommandLine() throws IOException {
    String file = properties("some.properties", "count = 7\nseed=1\nflag=true\n");

    assertThat(fake("fake", "--defaults", file).succeeded().out())
        .startsWith("count=7 flag=true seed=1 ");
    assertThat(fake("fake", "--seed", "5", "--flag", "--defaults=" + file).succeeded().out())
        .startsWith("count=7 flag=true seed=5 ");
    assertThat(fake("fake", "--no-such", "--defaults=" + file).refused()).contains("--no-such");
  }

  @Test
  void anOptionOfTwoNamesHasAKeyForEach() throws IOException {
    String first = properties("first.properties", "count=7\nseed=1\n");
    String second = properties("second.properties", "count=7\nstart=2\n");
    String both = properties("both.properties", "seed=1\nstart=2\n");

    assertThat(fake("fake", "--defaults", first).succeeded().out()).contains("seed=1 ");
    assertThat(fake("fake", "--defaults", second).succeeded().out()).contains("seed=2 ");
    assertThat(fake("fake", "--start", "3", "--defaults", first).succeeded().out())
        .contains("seed=3 ");
    assertThat(fake("fake", "--defaults", both).refused())
        .contains("both.properties: 'start' is another name of an option that is there already");
  }

  @Test
  void theHelpShowsTheDefaultsOfTheFile() throws IOException {
    String file = properties("some.properties", "seed=4711\n");
    assertThat(fake("fake", "--defaults", file, "--help").succeeded().out())
        .contains("Default: 4711");
  }

  @Test
  void anUnknownKeyNamesTheNearestKnownOne() throws IOException {
    String file = properties("some.properties", "count=1\nsede=3\n");
    assertThat(fake("fake", "--defaults", file).refused())
        .isEqualTo(
            "digits fake: "
                + file
                + ": unknown key 'sede'; did you mean 'seed'?; see digits fake --help");
  }

  @Test
  void aDefaultsFileThatMayNotBeReadIsNotCalledMissing() throws IOException {
    LockedFileSystem.register(new Configuration());
    LockedFileSystem.lock("some.properties");
    String path = properties("some.properties", "count=1\n");
    String file = LockedFileSystem.path(Path.of(path)).toString();
    System.setProperty("spark.hadoop.fs.locked.impl", LockedFileSystem.class.getName());
    try {
      fake("fake", "--defaults", file)
          .failedWith(
              "digits fake: %s cannot be read as a properties file: %s (Permission denied)"
                  .formatted(file, path));
    } finally {
      System.clearProperty("spark.hadoop.fs.locked.impl");
    }
  }

  @Test
  void aNamedDefaultsFileMustExist() {
    String file = directory.resolve("none.properties").toString();
    fake("fake", "--defaults", file)
        .failedWith("digits fake: " + file + " does not exist; --defaults needs a properties file");
  }

  @Test
  void theResultFileSaysHowItEnded() throws IOException {
    assertThat(result("--count", "1")).isEqualTo("0 ");
    assertThat(result("--count", "1", "--fail", "rejects")).isEqualTo("3 ");
    assertThat(result("--count", "1", "--fail", "user")).isEqualTo("1 scans.zip is missing");
    assertThat(result("--count", "11")).startsWith("2 Invalid value").contains("--count");
    assertThat(result("--count", "1", "--no-such")).startsWith("2 Unknown option");
  }

  @Test
  void aResultFileThatCannotBeWrittenIsAFailure() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(fake("fake", "--count", "1", "--result-file", file + "/below").failed())
        .startsWith("digits: Cannot write the result file " + file + "/below");
  }

  private String result(String... options) throws IOException {
    Path file = directory.resolve("result.json");
    Files.deleteIfExists(file);
    String[] args = new String[options.length + 3];
    args[0] = "fake";
    args[1] = "--result-file";
    args[2] = file.toUri().toString();
    System.arraycopy(options, 0, args, 3, options.length);
    fake(args);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    return json.get("exitStatus").asInt() + " " + json.get("message").asText();
  }

  private String properties(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
