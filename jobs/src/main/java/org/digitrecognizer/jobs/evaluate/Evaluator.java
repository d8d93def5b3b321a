// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.files.HistoryFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.dataset.DigitsDataset;
import org.digitrecognizer.jobs.launch.console.Stages;
import org.digitrecognizer.jobs.reading.LabelledEvaluation;
import org.digitrecognizer.jobs.reading.NamedDigit;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;

/**
 * Reads a labelled split with a model on all executors and writes a report of how well that went.
 */
public final class Evaluator {

  private static final int MISTAKES_SHOWN = 60;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Configuration configuration;
  private final EvaluateOptions options;
  private final Stages stages;

  private Evaluator(SparkSession spark, EvaluateOptions options, Stages stages) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.configuration = spark.sessionState().newHadoopConf();
    this.options = options;
    this.stages = stages;
  }

  /**
   * Evaluates.
   *
   * @param stages is told what goes on
   * @throws UserException if dataset or model are none or damaged, or the output exists
   * @throws IOException if the file system fails
   */
  public static EvaluateResult run(SparkSession spark, EvaluateOptions options, Stages stages)
      throws IOException {
    return new Evaluator(spark, options, stages).run();
  }

  private EvaluateResult run() throws IOException {
    EvaluationFiles files = new EvaluationFiles(options, configuration);
    files.requireWritable();
    stages.begin("Opening dataset " + options.data());
    DigitsDataset dataset = DigitsDataset.open(spark, options.data().toString());
    stages.begin("Opening model " + options.model());
    Model model = ModelDirectory.open(options.model(), configuration, options.modelSha256());
    List<EpochRecord> history = history();
    long begun = System.nanoTime();
    LabelledEvaluation evaluation = evaluate(dataset, model);
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (evaluation.evaluation().labelled() == 0) {
      throw new UserException(
          String.format(
              "%s has no labelled digit in its split '%s'; choose another --split",
              options.data(), options.split()));
    }
    stages.begin("Writing the report");
    Metrics metrics = evaluation.evaluation().metrics(options.targetError());
    return new EvaluateResult(metrics, files.write(model, history, evaluation, metrics, seconds));
  }

  private List<EpochRecord> history() throws IOException {
    Path history = new Path(options.model(), ModelDirectory.HISTORY);
    if (!history.getFileSystem(configuration).exists(history)) {
      return List.of();
    }
    try (InputStream in = history.getFileSystem(configuration).open(history)) {
      return HistoryFile.read(in, history.toString());
    }
  }

  private LabelledEvaluation evaluate(DigitsDataset dataset, Model model) {
    String split = options.split();
    JavaRDD<NamedDigit> digits =
        dataset.labelled(split).map(digit -> new NamedDigit(split + " #" + digit._1(), digit._2()));
    stages.begin("Evaluating " + options.model());
    try (NetworkBroadcast network = NetworkBroadcast.of(context, model)) {
      return LabelledEvaluation.run(digits, network, MISTAKES_SHOWN, options.model().toString());
    }
  }
}
