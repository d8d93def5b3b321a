// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.AnnotatedElement;
import java.util.Formatter;
import java.util.Locale;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.spark.JobSession;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Checks what every shipped job must keep to. */
class DigitsTest {

  @Test
  void everyOptionIsInKebabCaseAndDescribed() {
    for (Job job : Digits.jobs()) {
      CommandSpec spec = new CommandLine(job).getCommandSpec();
      assertThat(spec.usageMessage().description()).as(spec.name()).isNotEmpty();
      for (OptionSpec option : spec.options()) {
        assertThat(option.longestName()).matches("--[a-z0-9]+(-[a-z0-9]+)*");
        if (!option.hidden()) {
          assertThat(String.join("", option.description()))
              .as("%s %s", spec.name(), option.longestName())
              .isNotBlank();
        }
      }
    }
  }

  @Test
  void everySwitchStaysOnIfTheDefaultsFileSaysSoToo() {
    for (Job job : Digits.jobs()) {
      for (OptionSpec option : new CommandLine(job).getCommandSpec().options()) {
        if (option.type() == boolean.class && !option.usageHelp()) {
          assertThat(option.fallbackValue())
              .as("picocli inverts a switch whose default is true: %s", option.longestName())
              .isEqualTo("true");
        }
      }
    }
  }

  @Test
  void theHelpNamesEveryJob() {
    String help = CommandRun.digits("--help").succeeded().out();
    for (Job job : Digits.jobs()) {
      assertThat(help).contains(new CommandLine(job).getCommandName().toLowerCase(Locale.ROOT));
    }
  }

  /** Where a % is not doubled, picocli writes warnings to stderr on every call of the job. */
  @Test
  void everyOptionsTextIsAFormatWithoutArguments() {
    for (Job job : Digits.jobs()) {
      for (OptionSpec option : new CommandLine(job).getCommandSpec().options()) {
        if (!(option.userObject() instanceof AnnotatedElement declared)) {
          continue;
        }
        String text = String.join("", declared.getAnnotation(Option.class).description());
        assertThatCode(() -> new Formatter(Locale.ROOT).format(text))
            .as(option.longestName())
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void whatSparkCallsAnApplicationWithoutANameIsThisClass() {
    assertThat(JobSession.MAIN_CLASS).isEqualTo(Digits.class.getName());
  }
}
