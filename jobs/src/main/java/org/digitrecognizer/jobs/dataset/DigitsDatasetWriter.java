package org.digitrecognizer.jobs.dataset;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.Version;

/** Writes a digits dataset, in place of one that is there already or not. */
public final class DigitsDatasetWriter {

  private final SparkSession spark;
  private final Configuration conf;
  private final Path directory;
  private final DatasetStore store;

  /**
   * @param directory where the dataset is to be
   */
  public DigitsDatasetWriter(SparkSession spark, Path directory) throws IOException {
    this.spark = spark;
    this.conf = spark.sessionState().newHadoopConf();
    this.directory = directory;
    this.store = new DatasetStore(directory.getFileSystem(conf), directory);
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
    boolean replaces = store.begin();
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
    // It never changes, and writing it again could leave half of it beside the old dataset.
    if (!replaces || !store.holds(DatasetStore.SCHEMA)) {
      writeSchema(files.get(0));
    }
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

  /**
   * Puts the schema where Spark looks first, so that {@code spark.read().parquet(directory)} does
   * not take dataset.json for a Parquet file.
   */
  private void writeSchema(String file) throws IOException {
    FileMetaData footer;
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(directory, file), conf))) {
      footer = reader.getFileMetaData();
    }
    ParquetFileWriter writer =
        new ParquetFileWriter(
            HadoopOutputFile.fromPath(new Path(directory, DatasetStore.SCHEMA), conf),
            footer.getSchema(),
            ParquetFileWriter.Mode.OVERWRITE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    writer.start();
    writer.end(footer.getKeyValueMetaData());
  }
}
