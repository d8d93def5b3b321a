package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
