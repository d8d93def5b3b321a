// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.archive.ArchivePlanner;
import org.digitrecognizer.jobs.launch.spark.Attempts;
import org.digitrecognizer.jobs.launch.spark.ExecutorCores;
import org.digitrecognizer.jobs.score.source.SourceFiles;

/**
 * Plans a batch of files: on the executors each file is split into ranges of entries, and the
 * ranges are dealt out to chunks and tasks.
 */
public final class Planner {

  /** A range of large scans ends here, so that a task is some seconds whatever their size. */
  private static final long RANGE_BYTES = 64L << 20;

  private static final long LEAST_TASK_IMAGES = 256;
  private static final long MOST_TASK_IMAGES = 2048;
  private static final int TASKS_A_CORE = 4;

  private final SparkSession spark;
  private final long chunkImages;

  /** 0 until it is known how many tasks run at the same time. */
  private long taskImages;

  /**
   * @param chunkImages the most images of a chunk, at least 1
   */
  public Planner(SparkSession spark, long chunkImages) {
    this.spark = spark;
    this.chunkImages = chunkImages;
  }

  /** Returns how many images a task reads at most; less than a chunk, unless that is one image. */
  static long taskImages(long chunkImages, int cores) {
    long even = chunkImages / ((long) TASKS_A_CORE * cores);
    long wanted = Math.max(LEAST_TASK_IMAGES, Math.min(MOST_TASK_IMAGES, even));
    return Math.max(1, Math.min(wanted, chunkImages / 2));
  }

  private long taskImages() {
    if (taskImages == 0) {
      taskImages = taskImages(chunkImages, ExecutorCores.count(spark.sparkContext()));
    }
    return taskImages;
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
    long mostEntries = taskImages();
    return files
        .toJavaRDD()
        .mapPartitions(
            partition ->
                new FileRanges(
                    new ArchivePlanner(configuration.value(), mostEntries, RANGE_BYTES),
                    attempts.mayBeLast(),
                    partition));
  }

  /**
   * Deals ranges out in the order of the files. A range whose first image is the n-th goes to chunk
   * n / (chunk - task): since it has no more than a task's images, the chunk has no more than its
   * own. Only what cannot be split is larger; it takes no numbers that others could have had.
   */
  public DealtRanges deal(Dataset<Row> ranges) {
    long stride = Math.max(1, chunkImages - taskImages());
    long ofTask = taskImages();
    CollectionAccumulator<long[]> sums = spark.sparkContext().collectionAccumulator();
    JavaRDD<Row> dealt =
        ranges
            .repartition(1)
            .sortWithinPartitions(PlanRows.PATH, PlanRows.ORDINAL)
            .toJavaRDD()
            .mapPartitions(rows -> new Dealing(rows, stride, ofTask, sums::add));
    return new DealtRanges(spark.createDataFrame(dealt, PlanRows.DEALT_SCHEMA), sums);
  }
}
