// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.command.Launcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the launcher answers without Spark, for the jobs that there are. */
class LaunchTest {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Map<String, String> SPARK = Map.of("SPARK_HOME", "/a spark");

  /** Words for the script, and what went to stderr. */
  private record Answer(List<String> words, String err) {

    Answer says(int status) {
      assertThat(words.subList(0, 2)).as(toString()).containsExactly("answer", "" + status);
      return this;
    }

    String text() {
      return words.get(2);
    }
  }

  private static Answer ask(String... arguments) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of(PROJECT.toString(), "/jobs.jar", "theirs", "/tmp/mine/1", "temporary", ""));
    all.addAll(List.of(arguments));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Launcher.run(
        Digits.jobs(),
        SPARK,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        all.toArray(String[]::new));
    String words = out.toString(StandardCharsets.UTF_8);
    return new Answer(
        List.of(words.substring(0, words.length() - 1).split("\0", -1)),
        err.toString(StandardCharsets.UTF_8));
  }

  /** What examples have that a job can do without: of labels and their pattern one is needed. */
  private static final Set<String> OPTIONAL = Set.of("--images", "--labels");

  static List<String> jobs() {
    return Digits.jobs().stream().map(job -> new CommandLine(job).getCommandName()).toList();
  }

  @ParameterizedTest
  @CsvSource({"--help", "-h", "help", "--print-command --help"})
  void helpNamesEveryJobAndOptionOfTheLauncher(String asked) {
    String help = ask(asked.split(" ", -1)).says(Job.DONE).text();
    for (String job : jobs()) {
      assertThat(help).containsPattern("(?m)^  " + job + " +\\S");
    }
    assertThat(help).contains("--print-command", "--jar", "--result-dir", "--version", "Example:");
    assertThat(help.lines()).allMatch(line -> line.length() <= 104);
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void helpOfAJobSaysWhatIsRequiredAndHasAnExampleThatPasses(String job) throws IOException {
    String help = ask(job, "--help").says(Job.DONE).text();
    assertThat(ask("help", job).says(Job.DONE).text()).isEqualTo(help);
    String example = examples().getProperty(job);
    assertThat(help).contains("Example:\n  submit/digits " + job + " " + example);
    Answer answer = ask((job + " " + example).split(" ", -1));
    assertThat(answer.words().get(0)).as(answer.toString()).isEqualTo("run");
    for (String word : example.split(" ", -1)) {
      if (word.startsWith("--") && !OPTIONAL.contains(word)) {
        assertThat(help).containsPattern("Usage: .*" + word + "=").containsPattern("\\* +" + word);
      }
    }
  }

  private static Properties examples() throws IOException {
    try (InputStream stream = Job.class.getResourceAsStream("examples.properties")) {
      Properties examples = new Properties();
      examples.load(stream);
      return examples;
    }
  }

  @Test
  void versionNamesWhatItIsFor() {
    assertThat(ask("--version").says(Job.DONE).text())
        .matches(
            "digits \\S+ \\(for Spark (3\\.5\\.\\d+ with Scala 2\\.12|4\\.\\d+\\.\\d+ with Scala"
                + " 2\\.13); Deeplearning4j .*\\)\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scroe | digits: no job called 'scroe' (did you mean score?); see submit/digits --help",
        "help scroe | digits: no job called 'scroe' (did you mean score?); see submit/digits"
            + " --help",
        "xyzzy | digits: no job called 'xyzzy'; see submit/digits --help",
        "--print-comand train | digits: no launcher option --print-comand (did you mean"
            + " --print-command?) (a job's options stand after its name); see submit/digits --help",
        "train --data x | digits train: Missing required option: '--model=DIR'; see digits train"
            + " --help",
        "train --data x --model y --epochs 0 | digits train: Invalid value for option '--epochs': 0"
            + " (must be at least 1); see digits train --help",
        "train --data x --modle y | digits train: Missing required option: '--model=DIR' (unknown:"
            + " '--modle'); see digits train --help",
        "train --data x --model y --epoch 3 | digits train: Unknown options: '--epoch', '3' (did"
            + " you mean --epochs, --epsilon?); see digits train --help",
      })
  void wrongUsageIsOneLine(String asked, String line) {
    assertThat(ask(asked.split(" ", -1)).says(Job.WRONG_USAGE).err()).isEqualTo(line + "\n");
  }

  @Test
  void defaultsThatAreMissingAreNamed() {
    assertThat(ask("train", "--defaults", "/no/such").says(Job.FAILED).err())
        .isEqualTo("digits train: /no/such does not exist; --defaults needs a properties file\n");
  }

  @Test
  void whatOnlyHadoopCanReadIsLeftToTheJob() {
    assertThat(ask("train", "--defaults=hdfs:///mine").words().get(0)).isEqualTo("run");
  }

  @Test
  void temporaryFilesGoWhereTheNextRunFindsThem() {
    assertThat(ask("train", "--data", "x", "--model", "y").words())
        .contains("SPARK_SUBMIT_OPTS=-Djava.io.tmpdir=/tmp/mine/1");
  }

  @Test
  void theApplicationIsCalledAsTheJobUnlessTheUserNamesIt() {
    assertThat(ask("train", "--data", "x", "--model", "y").words())
        .containsSubsequence("--conf", "spark.app.name=digits train", "--class");
    assertThat(ask("train", "--data", "x", "--model", "y", "--", "--name", "mine").words())
        .noneMatch(word -> word.startsWith("spark.app.name"));
  }
}
