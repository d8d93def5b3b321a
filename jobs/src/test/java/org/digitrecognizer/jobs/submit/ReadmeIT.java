// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.digitrecognizer.jobs.CommandRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The commands of the README, taken from it, run as they stand there. */
class ReadmeIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern OPTION = Pattern.compile("(?<= )--[a-z][a-z0-9-]*");
  private static final Pattern JOB = Pattern.compile("submit/digits +([a-z-]+)");
  private static final Pattern ACCURACY =
      Pattern.compile("Accuracy on 10000 test digits after 1 epoch: ([0-9.]+) %");

  /** Stays, for the tests of the notebooks to read. */
  private static final Path RESULTS = PROJECT.resolve("jobs/target/readme-quickstart");

  @Test
  void everyJobCommandIsOneThatTheLauncherTakes() throws Exception {
    List<String> commands = commands("submit/digits ");
    assertThat(commands).hasSizeGreaterThanOrEqualTo(6);
    for (String command : commands) {
      String print = command.replace("submit/digits ", "submit/digits --print-command ");
      Run run = Run.of(PROJECT, Map.of(), List.of("bash", "-c", print));
      assertThat(run.status()).as("%s: %s", command, run).isZero();
    }
  }

  @Test
  void everyOptionOfAJobCommandIsInTheJobsHelp() throws Exception {
    for (String command : commands("submit/digits ")) {
      Matcher name = JOB.matcher(command);
      assertThat(name.lookingAt()).as(command).isTrue();
      String job = name.group(1);
      String help = CommandRun.digits(job, "--help").succeeded().out();
      Matcher option = OPTION.matcher(command.replaceAll(" -- .*", ""));
      while (option.find()) {
        assertThat(help).as(command).contains(option.group());
      }
    }
  }

  @Test
  @Tag("slow")
  void theQuickstartEndsWithAnAccuracyAndReports() throws Exception {
    assertThat(commands("submit/quickstart.sh")).isNotEmpty();
    Run run =
        Run.of(
            PROJECT,
            Map.of("EPOCHS", "1"),
            List.of("submit/quickstart.sh", RESULTS.resolve("work dir").toString()));
    assertThat(run.status()).as(run.toString()).isZero();
    Matcher accuracy = ACCURACY.matcher(run.output());
    assertThat(accuracy.find()).as(run.output()).isTrue();
    assertThat(Double.parseDouble(accuracy.group(1))).isBetween(95.0, 100.0);
    assertThat(RESULTS.resolve("work dir/evaluation/report/index.html"))
        .content()
        .contains("<html");
    assertThat(RESULTS.resolve("work dir/scores/report/index.html")).content().contains("<html");
    JsonNode scores = metrics("scores");
    assertThat(scores.get("images").intValue()).isEqualTo(1005);
    assertThat(scores.get("scored").intValue()).isEqualTo(1000);
    assertThat(scores.get("labelled").intValue()).isEqualTo(1000);
    assertThat(scores.get("accuracy").doubleValue())
        .isCloseTo(metrics("evaluation").get("accuracy").doubleValue(), within(0.03));
    assertThat(metrics("scores-scans").get("accuracy").doubleValue()).isGreaterThan(0.985);
    assertThat(metrics("scores-numbers").get("labelled").intValue()).isEqualTo(200);
    assertThat(metrics("scores-numbers").get("accuracy").doubleValue()).isGreaterThan(0.93);
    assertThat(scoreAgain()).contains("Nothing new to read.");
    assertThat(run.errors()).isEmpty();
  }

  /** Runs the README's scoring command on what the quickstart has made; returns what it says. */
  private String scoreAgain() throws Exception {
    String command =
        commands("submit/digits score").stream()
            .filter(each -> each.contains("--labels"))
            .findFirst()
            .orElseThrow()
            .replace(" work/", " '" + RESULTS.resolve("work dir") + "'/");
    Run run = Run.of(PROJECT, Map.of(), List.of("bash", "-c", command));
    assertThat(run.status()).as("%s: %s", command, run).isZero();
    return run.output();
  }

  private JsonNode metrics(String job) throws IOException {
    Path file = RESULTS.resolve("work dir").resolve(job).resolve("report/metrics.json");
    return new ObjectMapper().readTree(file.toFile());
  }

  /**
   * The indented lines of the README that start so, with continuation lines joined and comments
   * left out.
   */
  private static List<String> commands(String start) throws IOException {
    String readme = Files.readString(PROJECT.resolve("README.md")).replaceAll("\\\\\n\\s*", "");
    return readme
        .lines()
        .filter(line -> line.startsWith("    " + start))
        .map(line -> line.strip().replaceAll("\\s+#.*", ""))
        .toList();
  }
}
