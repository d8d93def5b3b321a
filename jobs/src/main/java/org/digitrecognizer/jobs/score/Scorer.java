// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.archive.io.StorageCalls;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.form.Form;
import org.digitrecognizer.form.FormFile;
import org.digitrecognizer.jobs.launch.cli.ErrorLine;
import org.digitrecognizer.jobs.launch.console.Stages;
import org.digitrecognizer.jobs.reading.EarlyModel;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.jobs.score.output.OutputIdentity;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.Replacement;
import org.digitrecognizer.jobs.score.report.RunReports;
import org.digitrecognizer.jobs.score.run.ChunkSettings;
import org.digitrecognizer.jobs.score.run.ImageCounters;
import org.digitrecognizer.jobs.score.source.SourceFiles;
import org.digitrecognizer.jobs.score.status.RunMonitor;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.reading.CellPlaces;
import org.digitrecognizer.reading.SourceRoot;
import org.digitrecognizer.review.AuditLots;
import org.digitrecognizer.review.Pictured;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.storage.OutputLock;

/**
 * Scores what is new among archives, and reports on it. Whenever a run dies, the next one with the
 * same options goes on where it was: the saved plans know the chunks, the commit log which of them
 * are done.
 */
public final class Scorer {

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Configuration configuration;
  private final ScoreOptions options;
  private final EarlyModel early;
  private final PrintWriter out;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final Stages stages;

  /** That the options name, once it is read; null for none. */
  private SiteCalibration calibration;

  private Scorer(SparkSession spark, ScoreOptions options, EarlyModel early, PrintWriter out)
      throws IOException {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.configuration = spark.sessionState().newHadoopConf();
    this.options = options;
    this.early = early;
    this.out = out;
    this.fs =
        StorageCalls.watched(
            options.output().toString(), () -> options.output().getFileSystem(configuration));
    this.layout = new OutputLayout(fs.makeQualified(options.output()));
    this.stages = Stages.of(out, context::setJobDescription);
  }

  /**
   * Runs until all that is there is read.
   *
   * @param early the model that the options name
   * @param out progress
   * @throws org.digitrecognizer.failure.UserException if archives, model or labels are none or
   *     damaged, the output is of another model or damaged, or another run is writing to it
   * @throws IOException if the file system fails
   */
  public static ScoreResult run(
      SparkSession spark, ScoreOptions options, EarlyModel early, PrintWriter out)
      throws IOException {
    Scorer scorer = new Scorer(spark, options, early, out);
    try (scorer.stages) {
      return scorer.run();
    }
  }

  /**
   * Compares every byte of what earlier runs have written with what they wrote. It writes nothing,
   * and so takes no lock: it works where nobody may write, and keeps no run from beginning. But
   * beside a run it would take what has just come or gone for damage, and so it refuses an output
   * that is locked, and says of a run that begins meanwhile that it did.
   *
   * @return how many files there are
   * @throws org.digitrecognizer.failure.UserException for the first that is missing or was changed,
   *     or if a run is writing to the output or died there
   */
  public static long verify(SparkSession spark, ScoreOptions options) throws IOException {
    FileSystem fs = options.output().getFileSystem(spark.sessionState().newHadoopConf());
    OutputLayout layout = new OutputLayout(fs.makeQualified(options.output()));
    OutputIdentity.require(fs, layout);
    requireAtRest(fs, layout, null);
    try {
      return Verification.run(spark, fs, layout);
    } catch (UserException damage) {
      requireAtRest(fs, layout, damage);
      throw damage;
    }
  }

  private static void requireAtRest(FileSystem fs, OutputLayout layout, UserException damage)
      throws IOException {
    Optional<String> holder = OutputLock.heldBy(fs, layout.root());
    if (holder.isPresent()) {
      throw new UserException(
          String.format(
              "%s is being written to by %s, or it has died there; verify when it, or the next one,"
                  + " has come to its end",
              layout.root(), holder.get()),
          damage);
    }
  }

  private ScoreResult run() throws IOException {
    stages.begin("Looking for " + options.archives());
    try (SourceFiles files = SourceFiles.open(spark, options.archives(), layout.root())) {
      Form form = form();
      try (Truths truths = Truths.open(options, form, configuration, context)) {
        return run(files, form, truths);
      }
    }
  }

  private ScoreResult run(SourceFiles files, Form form, Truths truths) throws IOException {
    stages.begin("Opening model " + options.model());
    Model model = StorageCalls.watched(options.model().toString(), () -> early.get(configuration));
    calibration = options.site().read(model.sha256(), options.targetError(), configuration);
    OutputIdentity identity =
        OutputIdentity.of(
            model.sha256(),
            ScanNormaliser.NORMALISATION_VERSION,
            form == null ? null : form.sha256());
    stages.begin("Opening output " + layout.root());
    StorageCalls.watched(
        layout.root().toString(),
        () -> {
          identity.check(fs, layout, options.overwrite());
          return fs.mkdirs(layout.root());
        });
    try (OutputLock lock = OutputLock.acquire(fs, layout.root())) {
      identity.check(fs, layout, options.overwrite());
      Replacement replacement = Replacement.begin(fs, layout, identity, options.overwrite());
      ScoreResult result = run(files, model, form, truths, lock, replacement.target());
      lock.requireHeld();
      if (replacement.target().equals(layout)) {
        return result;
      }
      RunReports.keepReviews(fs, layout, replacement.target());
      replacement.finish();
      return result;
    }
  }

  /** Reads the form; null if there is none. */
  private Form form() throws IOException {
    if (options.form() == null) {
      return null;
    }
    return FormFile.read(options.form(), configuration);
  }

  private ScoreResult run(
      SourceFiles files,
      Model model,
      Form form,
      Truths truths,
      OutputLock lock,
      OutputLayout target)
      throws IOException {
    ImageCounters images = ImageCounters.of(context.sc());
    try (RunMonitor monitor = new RunMonitor(fs, layout.status(), images, out, stages)) {
      try {
        OutputRecords records = OutputRecords.open(spark, fs, target);
        monitor.run(records.last().run() + 1);
        ScoreResult result =
            run(files, model, form, truths, lock, target, records, monitor, images);
        monitor.done();
        return result;
      } catch (Throwable e) {
        // Also SparkException, which Scala throws undeclared.
        Optional<UserException> damage = Verification.explains(e, spark, fs, target);
        monitor.failed(ErrorLine.of(damage.isPresent() ? damage.get() : e));
        if (damage.isPresent()) {
          throw damage.get();
        }
        throw e;
      }
    }
  }

  private ScoreResult run(
      SourceFiles files,
      Model model,
      Form form,
      Truths truths,
      OutputLock lock,
      OutputLayout target,
      OutputRecords records,
      RunMonitor monitor,
      ImageCounters images)
      throws IOException {
    try (NetworkBroadcast network = early.broadcast(context, model)) {
      ChunkSettings settings =
          new ChunkSettings(
              network,
              truths.truth(),
              options.archiveLimits(),
              options.scanLimits(),
              form,
              cells(form),
              options.cutLimits(),
              Pictured.of(
                  options.targetError(), options.site().fairSample() || calibration != null),
              AuditLots.of(options.audit().most(), model.sha256()),
              images);
      ScoringRun run =
          new ScoringRun(
              spark,
              configuration,
              target,
              lock,
              options,
              options.report(calibration),
              settings,
              records,
              monitor);
      run.read(files);
      return run.report(model, truths);
    }
  }

  /** Returns where the cells of a form are; null if its images are none. */
  private CellPlaces cells(Form form) throws IOException {
    return form != null && form.image() == Form.ImageKind.CELLS
        ? new CellPlaces(form, SourceRoot.of(options.archives(), configuration))
        : null;
  }
}
