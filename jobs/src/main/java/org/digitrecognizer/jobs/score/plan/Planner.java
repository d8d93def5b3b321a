// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.archive.ArchivePlanner;
import org.digitrecognizer.archive.RangeSize;
import org.digitrecognizer.jobs.launch.spark.Attempts;
import org.digitrecognizer.jobs.score.source.SourceFiles;

/**
 * Plans a batch of files: on the executors each file is split into ranges of entries, and the
 * ranges are dealt out to chunks.
 */
public final class Planner {

  /** A range of large scans ends here, so that a task is some seconds whatever their size. */
  private static final long RANGE_BYTES = 64L << 20;

  private final SparkSession spark;
  private final long chunkImages;

  private final int cores;

  /**
   * @param chunkImages the most images of a chunk, at least 1
   * @param cores how many tasks run at the same time
   */
  public Planner(SparkSession spark, long chunkImages, int cores) {
    this.spark = spark;
    this.chunkImages = chunkImages;
    this.cores = cores;
  }

  /** Returns how many images a range has at most; less than a chunk, unless that is one image. */
  long rangeImages() {
    return Math.max(1, Math.min(Tasks.images(chunkImages, cores), chunkImages / 2));
  }

  /**
   * Splits files into ranges, and saves nothing.
   *
   * @param files columns of {@link SourceFiles}
   */
  public Dataset<Row> rangesOf(Dataset<Row> files) {
    return spark.createDataFrame(ranges(files), PlanRows.SCHEMA);
  }

  private JavaRDD<Row> ranges(Dataset<Row> files) {
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    Attempts attempts = Attempts.of(spark.sparkContext());
    RangeSize most = new RangeSize(rangeImages(), RANGE_BYTES);
    int parts = Tasks.A_CORE * cores;
    return files
        .toJavaRDD()
        .mapPartitions(
            partition ->
                new FileRanges(
                    new ArchivePlanner(configuration.value(), most, parts),
                    attempts.mayBeLast(),
                    partition));
  }

  /**
   * Deals ranges out in the order of the files. A range whose first image is the n-th goes to chunk
   * n / (chunk - range): since no range has more images than that, the chunk has no more than its
   * own. Only what cannot be split is larger; it takes no numbers that others could have had.
   */
  public DealtRanges deal(Dataset<Row> ranges) {
    long stride = Math.max(1, chunkImages - rangeImages());
    CollectionAccumulator<long[]> sums = spark.sparkContext().collectionAccumulator();
    JavaRDD<Row> dealt =
        ranges
            .repartition(1)
            .sortWithinPartitions(PlanRows.PATH, PlanRows.ORDINAL)
            .toJavaRDD()
            .mapPartitions(rows -> new Dealing(rows, stride, sums::add));
    return new DealtRanges(spark.createDataFrame(dealt, PlanRows.DEALT_SCHEMA), sums);
  }
}
