// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.cli.OptionCheck;
import org.digitrecognizer.report.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Drops old pictures from an output of {@code score} and, if asked, old rows.
 *
 * <pre>submit/digits expire --output work/scores --older-than 90d</pre>
 */
@Command(
    name = "expire",
    description =
        "Drops pictures of scans that were read long ago, and the pages that show them. Counts,"
            + " what people said and certificates stay. May be run again at any time but while"
            + " score runs.")
public final class ExpireJob extends Job {

  private static final String AGE = "[0-9]{1,5}d";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "An output of score; any Hadoop URI.")
  private Path output;

  @Option(
      names = "--older-than",
      required = true,
      paramLabel = "DAYS",
      description =
          "How many days ago scans were read, as in 90d; what one run has read goes as a whole.")
  private String olderThan;

  @Option(
      names = "--rows",
      fallbackValue = "true",
      description =
          "Drop their rows in predictions, numbers, rejected and final, too, and the lists of what"
              + " is to be checked; such scans are not read again.")
  private boolean rows;

  @Override
  protected void check(OptionCheck check) {
    check.require(olderThan.matches(AGE), "--older-than", olderThan, "a number of days, as in 90d");
  }

  @Override
  protected int run(SparkSession spark) throws IOException {
    int days = Integer.parseInt(olderThan.substring(0, olderThan.length() - 1));
    Instant before = Instant.now().minus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS);
    Expiry.Result result = Expiry.run(spark, output, before, rows);
    if (result.pictures() + result.rows() == 0) {
      out().printf("There is nothing to drop of what was read before %s%n", before);
      return DONE;
    }
    out()
        .printf(
            "Read before %s: dropped the pictures of %s%s%n",
            before,
            batches(result.pictures()),
            rows ? ", the rows of " + batches(result.rows()) : "");
    out().println("The next run of score makes the desk and the report of what is left.");
    return DONE;
  }

  private static String batches(int count) {
    return new Numbers().count(count) + (count == 1 ? " batch" : " batches");
  }

  @Override
  protected String whenStopped() {
    return "stopped before it was done; run the same command again to go on";
  }
}
