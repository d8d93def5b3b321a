// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.correct;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.console.Printable;
import org.digitrecognizer.report.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Takes in what people said of the images that were left to them.
 *
 * <p>Input: files that the desk has saved, or review.csv and rejected.csv with their last column
 * filled in. Output: {@code corrections/} in an output of {@code score}, whose next run leaves what
 * is answered out of the queue.
 *
 * <pre>submit/digits correct --output work/scores --corrections corrections-Ann-….csv</pre>
 */
@Command(
    name = "correct",
    description =
        "Takes in what people said of the images that were left to them. May be run again with the"
            + " same files, by several people, and while score runs.")
public final class CorrectJob extends Job {

  /** So many lines are said of each file. */
  private static final int MOST_SAID = 20;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "An output of score; any Hadoop URI.")
  private Path output;

  @Option(
      names = "--corrections",
      required = true,
      arity = "1..*",
      paramLabel = "CSV",
      description =
          "What the desk has saved, or review.csv or rejected.csv with the column 'corrected'"
              + " filled in: a digit (under a form a number), 'none' (there is none) or"
              + " 'unreadable'. Any Hadoop URI.")
  private List<Path> corrections;

  @Option(
      names = "--form",
      paramLabel = "YAML",
      description =
          "The form that the output was scored with, if there was one: answers are whole numbers"
              + " then, and checked against its rules. Any Hadoop URI.")
  private Path form;

  @Option(
      names = "--person",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who has answered, where a file does not say. Default: the user's name.")
  private String person;

  @Override
  protected int run(SparkSession spark) throws IOException {
    Numbers numbers = new Numbers();
    for (Corrector.Result result : Corrector.run(spark, output, form, corrections, person)) {
      result.refused().stream().limit(MOST_SAID).map(Printable::of).forEach(out()::println);
      if (result.refused().size() > MOST_SAID) {
        out().printf("%s more of such lines%n", numbers.count(result.refused().size() - MOST_SAID));
      }
      out()
          .printf(
              "%s: %s, %s of them new%n",
              Printable.of(result.file().toString()),
              numbers.count(result.answers(), "answer"),
              numbers.count(result.added()));
    }
    out().println("The next run of score takes them out of the queue and into the report.");
    return DONE;
  }
}
