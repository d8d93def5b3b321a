package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.cli.ErrorLine;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.jobs.score.output.OutputIdentity;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.OutputLock;
import org.digitrecognizer.jobs.score.report.RunLog;
import org.digitrecognizer.jobs.score.report.RunRecord;
import org.digitrecognizer.jobs.score.run.ChunkSettings;
import org.digitrecognizer.jobs.score.run.ImageCounters;
import org.digitrecognizer.jobs.score.source.SourceFiles;
import org.digitrecognizer.jobs.score.status.RunMonitor;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.scan.ScanNormaliser;

/**
 * Scores what is new among archives, and reports on it. Whenever a run dies, the next one with the
 * same options goes on where it was: Spark's checkpoint knows the batch, the saved plan its chunks,
 * the commit log which of them are done.
 */
public final class Scorer {

  private final SparkSession spark;
  private final Configuration configuration;
  private final ScoreOptions options;
  private final PrintWriter out;
  private final FileSystem fs;
  private final OutputLayout layout;

  private Scorer(SparkSession spark, ScoreOptions options, PrintWriter out) throws IOException {
    this.spark = spark;
    this.configuration = spark.sessionState().newHadoopConf();
    this.options = options;
    this.out = out;
    this.fs = options.output().getFileSystem(configuration);
    this.layout = new OutputLayout(fs.makeQualified(options.output()));
  }

  /**
   * Runs until all that is there is read.
   *
   * @param out progress
   * @throws UserException if archives, model or labels are none or damaged, the output is of
   *     another model or another run is writing to it
   * @throws IOException if the file system fails
   */
  public static ScoreResult run(SparkSession spark, ScoreOptions options, PrintWriter out)
      throws IOException {
    return new Scorer(spark, options, out).run();
  }

  private ScoreResult run() throws IOException {
    SourceFiles files = SourceFiles.open(spark, options.archives(), layout.root());
    Model model = ModelDirectory.open(options.model(), configuration, options.modelSha256());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Truths truths = Truths.open(options, configuration, context);
    OutputIdentity identity =
        OutputIdentity.of(model.sha256(), ScanNormaliser.NORMALISATION_VERSION);
    identity.check(fs, layout, options.overwrite());
    fs.mkdirs(layout.root());
    try (OutputLock lock = OutputLock.acquire(fs, layout)) {
      identity.settle(fs, layout, options.overwrite());
      return run(files, model, truths, lock);
    }
  }

  private ScoreResult run(SourceFiles files, Model model, Truths truths, OutputLock lock)
      throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    ImageCounters images = ImageCounters.of(context.sc());
    RunRecord last = new RunLog(fs, layout).last();
    try (NetworkBroadcast network =
            NetworkBroadcast.of(context, model.network(), model.description().calibration());
        RunMonitor monitor = new RunMonitor(fs, layout.status(), last.run() + 1, images, out)) {
      ChunkSettings settings =
          new ChunkSettings(network, truths, options.archiveLimits(), options.scanLimits(), images);
      ScoringRun run =
          new ScoringRun(spark, configuration, layout, lock, options, settings, monitor, last);
      try {
        run.start();
        stream(files, run);
        run.late(files);
        return run.finish(model);
      } catch (IOException | RuntimeException e) {
        monitor.failed(ErrorLine.of(e));
        throw e;
      }
    }
  }

  /** Works off the batches of new files that Spark makes out. */
  private void stream(SourceFiles files, ScoringRun run) throws IOException {
    CheckpointRepair.run(fs, layout.checkpoint());
    VoidFunction2<Dataset<Row>, Long> batches = run::batch;
    try {
      files.stream()
          .writeStream()
          .queryName("score")
          .trigger(Trigger.AvailableNow())
          .option("checkpointLocation", layout.checkpoint().toString())
          .foreachBatch(batches)
          .start()
          .awaitTermination();
    } catch (StreamingQueryException e) {
      throw new IOException("Scoring " + options.archives() + " failed: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("The stream of " + options.archives() + " did not start", e);
    }
  }
}
