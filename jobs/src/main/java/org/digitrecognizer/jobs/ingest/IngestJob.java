// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.ingest;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.cli.OptionCheck;
import org.digitrecognizer.jobs.launch.console.Stages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Ingests MNIST.
 *
 * <p>Input: the four IDX files in one directory, packed or not. Output: a digits dataset.
 *
 * <pre>submit/digits ingest --source data/mnist --output work/dataset</pre>
 */
@Command(
    name = "ingest",
    description = "Turns the IDX files of MNIST into a digits dataset in Parquet.")
public final class IngestJob extends Job {

  @Option(
      names = "--source",
      required = true,
      paramLabel = "DIR",
      description = "Directory with the four IDX files of MNIST, .gz or not; any Hadoop URI.")
  private Path source;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Where to write the dataset; any Hadoop URI.")
  private Path output;

  @Option(
      names = "--overwrite",
      fallbackValue = "true",
      description =
          "Replace the digits dataset that --output holds. Until the new one is whole, readers"
              + " find the old one.")
  private boolean overwrite;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the order of the rows; the same seed gives the same dataset.")
  private long seed;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "8",
      description = "Parts to deal the rows into, 1 to 10000; a part is a Parquet file a split.")
  private int partitions;

  @Option(
      names = "--dry-run",
      fallbackValue = "true",
      description = "Check the files, say what they hold, and write nothing.")
  private boolean dryRun;

  @Override
  protected void check(OptionCheck check) {
    check.inRange("--partitions", partitions, 1, 10_000);
  }

  @Override
  protected int run(SparkSession spark) throws IOException {
    IngestResult result = ingest(spark);
    result
        .splits()
        .forEach(
            (split, counts) ->
                print("%s: %,d digits, by class %s", split, counts.rows(), counts.classes()));
    result
        .written()
        .ifPresentOrElse(
            written -> print("Wrote %s in %d files", output, written.files().size()),
            () -> print("Dry run: nothing was written to %s", output));
    return DONE;
  }

  private IngestResult ingest(SparkSession spark) throws IOException {
    try (Stages stages = stages(spark)) {
      return Ingest.run(
          spark, new IngestOptions(source, output, overwrite, seed, partitions, dryRun), stages);
    }
  }

  private void print(String format, Object... args) {
    out().println(String.format(Locale.US, format, args));
  }
}
