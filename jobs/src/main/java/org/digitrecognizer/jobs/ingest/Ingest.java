// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.jobs.dataset.DatasetDescription;
import org.digitrecognizer.jobs.dataset.DatasetOrigin;
import org.digitrecognizer.jobs.dataset.DigitsDatasetWriter;
import org.digitrecognizer.jobs.dataset.DigitsSchema;
import org.digitrecognizer.jobs.dataset.SplitCounts;
import org.digitrecognizer.jobs.launch.console.Stages;
import org.digitrecognizer.mnist.MnistContent;
import org.digitrecognizer.mnist.MnistFiles;
import org.digitrecognizer.mnist.MnistSplit;
import org.digitrecognizer.mnist.SourceFile;

/**
 * Turns MNIST's files into a digits dataset. The rows are shuffled once, so that every partition
 * holds all classes. Neither the driver nor a task holds a whole split, only Spark's shuffle does.
 */
public final class Ingest {

  private final SparkSession spark;
  private final IngestOptions options;
  private final Configuration conf;
  private final Stages stages;

  private Ingest(SparkSession spark, IngestOptions options, Stages stages) {
    this.spark = spark;
    this.options = options;
    this.stages = stages;
    this.conf = spark.sessionState().newHadoopConf();
  }

  /**
   * Checks the files from end to end, then writes the dataset.
   *
   * @param stages is told what goes on
   * @throws org.digitrecognizer.failure.UserException if a file is missing or damaged, or the
   *     output exists
   * @throws IOException if the file system fails
   */
  public static IngestResult run(SparkSession spark, IngestOptions options, Stages stages)
      throws IOException {
    return new Ingest(spark, options, stages).run();
  }

  private IngestResult run() throws IOException {
    DigitsDatasetWriter writer = new DigitsDatasetWriter(spark, options.output());
    stages.begin("Checking the files in " + options.source());
    writer.requireWritable(options.overwrite());
    Map<String, SplitCounts> splits = new TreeMap<>();
    List<SourceFile> sources = new ArrayList<>();
    List<DigitRange> ranges = new ArrayList<>();
    for (MnistSplit split : MnistFiles.find(options.source(), conf).splits()) {
      MnistContent content = split.check(conf);
      splits.put(split.name(), SplitCounts.labelled(content.classes()));
      sources.addAll(content.sources());
      ranges.addAll(DigitRange.of(split, content.count(), options.partitions()));
    }
    Optional<DatasetDescription> written = Optional.empty();
    if (!options.dryRun()) {
      DatasetOrigin origin =
          new DatasetOrigin(options.seed(), options.partitions(), splits, sources);
      written = Optional.of(write(writer, ranges, origin));
    }
    return new IngestResult(splits, sources, written);
  }

  private DatasetDescription write(
      DigitsDatasetWriter writer, List<DigitRange> ranges, DatasetOrigin origin)
      throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    stages.begin("Writing the dataset to " + options.output());
    return writer.write(shuffled(context, ranges), origin);
  }

  private Dataset<Row> shuffled(JavaSparkContext context, List<DigitRange> ranges) {
    SerializableConfiguration hadoop = new SerializableConfiguration(conf);
    long seed = options.seed();
    // The ranges travel with the code, which Spark never serializes with Kryo: it cannot do
    // records.
    List<Integer> numbers = IntStream.range(0, ranges.size()).boxed().toList();
    List<DigitRange> shipped = List.copyOf(ranges);
    JavaPairRDD<ShuffleKey, Row> rows =
        context
            .parallelize(numbers, numbers.size())
            .flatMapToPair(number -> shipped.get(number).rows(seed, hadoop.value()))
            .repartitionAndSortWithinPartitions(
                new Shuffler(options.partitions()), new ShuffleKey.Order());
    return spark.createDataFrame(rows.values(), DigitsSchema.SCHEMA);
  }
}
