// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.dataset;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.Version;

/** Writes a digits dataset, in place of one that is there already or not. */
public final class DigitsDatasetWriter {

  private final SparkSession spark;
  private final Path directory;
  private final DatasetStore store;

  /**
   * @param directory where the dataset is to be
   */
  public DigitsDatasetWriter(SparkSession spark, Path directory) throws IOException {
    this.spark = spark;
    this.directory = directory;
    this.store =
        new DatasetStore(directory.getFileSystem(spark.sessionState().newHadoopConf()), directory);
  }

  /**
   * Refuses a directory that must not be written to, before any work is done.
   *
   * @throws org.digitrecognizer.failure.UserException if it exists and is not to be overwritten, or
   *     is no digits dataset
   */
  public void requireWritable(boolean overwrite) throws IOException {
    store.requireWritable(overwrite);
  }

  /**
   * Writes rows as the dataset. Whenever this dies, a reader finds the old dataset or the new one.
   *
   * @param digits the columns of {@link DigitsSchema}; their order within a partition is kept if it
   *     is by split first
   * @param origin where they come from and how many there must be
   * @return what the dataset's description now says
   */
  public DatasetDescription write(Dataset<Row> digits, DatasetOrigin origin) throws IOException {
    store.begin();
    Set<String> before = new HashSet<>(store.parquetFiles());
    digits
        .write()
        .mode(SaveMode.Append)
        .partitionBy(DigitsSchema.SPLIT)
        .parquet(directory.toString());
    List<String> files =
        store.parquetFiles().stream().filter(file -> !before.contains(file)).toList();
    DatasetDescription description = describe(origin, files);
    requireCounts(description);
    store.commit(description);
    return description;
  }

  private static DatasetDescription describe(DatasetOrigin origin, List<String> files) {
    return new DatasetDescription(
        DatasetDescription.FORMAT,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        "digit-recognizer " + Version.current(),
        origin.seed(),
        origin.partitions(),
        origin.splits(),
        origin.sources(),
        files);
  }

  // What a committer, a retried task or a second writer did wrong must not become the dataset.
  private void requireCounts(DatasetDescription written) {
    Map<String, SplitCounts> found = new DigitsDataset(spark, directory, written).counts();
    if (!found.equals(written.splits())) {
      throw new IllegalStateException(
          String.format(
              "%s: wrote %s but read back %s; is another ingest writing to it?",
              directory, written.splits(), found));
    }
  }
}
