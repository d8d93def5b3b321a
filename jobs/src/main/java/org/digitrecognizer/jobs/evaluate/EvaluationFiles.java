// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.files.ConfusionCsv;
import org.digitrecognizer.evaluation.files.MetricsAbout;
import org.digitrecognizer.evaluation.files.MetricsFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.Version;
import org.digitrecognizer.jobs.reading.LabelledEvaluation;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.report.EvaluationReport;
import org.digitrecognizer.storage.FileContent;
import org.digitrecognizer.storage.OutputDirectory;
import org.digitrecognizer.storage.StagedFile;

/**
 * Writes what an evaluation leaves behind, all of it beside an old report before that gives way;
 * {@code metrics.json} comes last, so that who waits for it has the rest.
 */
final class EvaluationFiles {

  private static final String DIRECTORY = "report";
  private static final String STAGING = "_report";
  private static final String KIND = "evaluation";
  private static final String PAGE = "index.html";
  private static final String CONFUSION = "confusion.csv";
  private static final String METRICS = "metrics.json";
  private static final List<String> NAMES = List.of(PAGE, CONFUSION, METRICS);

  /** A folder "report" with a page in it may be anybody's. */
  private static final List<String> MARKS =
      List.of(
          DIRECTORY + "/" + METRICS,
          DIRECTORY + "/" + CONFUSION,
          STAGING + "/" + METRICS,
          STAGING + "/" + CONFUSION,
          STAGING + "/" + PAGE);

  private final EvaluateOptions options;
  private final FileSystem fileSystem;
  private final Path directory;
  private final Path staging;

  EvaluationFiles(EvaluateOptions options, Configuration configuration) throws IOException {
    this.options = options;
    this.fileSystem = options.output().getFileSystem(configuration);
    this.directory = new Path(options.output(), DIRECTORY);
    this.staging = new Path(options.output(), STAGING);
  }

  /**
   * Refuses an output that must not be written to.
   *
   * @throws UserException if it exists and may not be overwritten, or is no evaluation
   */
  void requireWritable() throws IOException {
    Path output = options.output();
    OutputDirectory.require(
        fileSystem, output, options.overwrite(), KIND, Set.of(DIRECTORY, STAGING)::contains);
    OutputDirectory.requireMark(fileSystem, output, KIND, MARKS);
  }

  /**
   * Writes all files and returns the page's path.
   *
   * @param seconds that the evaluation took
   * @throws IOException if the file system fails; then an old report is still there
   * @throws UserException if it fails when the old report is giving way; then each file of the new
   *     one is whole, here or there
   */
  Path write(
      Model model,
      List<EpochRecord> history,
      LabelledEvaluation evaluation,
      Metrics metrics,
      double seconds)
      throws IOException {
    boolean staged = false;
    try {
      EvaluationReport page = page(model, history, evaluation);
      write(PAGE, page::render);
      write(CONFUSION, out -> ConfusionCsv.write(evaluation.evaluation().confusion(), out));
      MetricsAbout about = MetricsAbout.now(model.sha256(), null, null, seconds);
      write(METRICS, out -> MetricsFile.write(metrics, about, out));
      staged = true;
    } finally {
      if (!staged && !isHalfReplaced()) {
        fileSystem.delete(staging, true);
      }
    }
    replace();
    return new Path(directory, PAGE);
  }

  /** Whether a run before has left here, in the staging folder, what the report lacks. */
  private boolean isHalfReplaced() throws IOException {
    return fileSystem.exists(directory) && !fileSystem.exists(new Path(directory, METRICS));
  }

  private void replace() {
    try {
      fileSystem.delete(directory, true);
      StagedFile.moveAll(fileSystem, staging, directory, NAMES);
      fileSystem.delete(staging, true);
    } catch (IOException e) {
      throw new UserException(
          String.format(
              "%s cannot be put in place (%s); what it lacks of the new report is in %s: move it"
                  + " there, or evaluate again with --overwrite",
              directory, e.getMessage(), staging),
          e);
    }
  }

  private EvaluationReport page(
      Model model, List<EpochRecord> history, LabelledEvaluation evaluation) {
    return EvaluationReport.builder("Evaluation report")
        .lead("How well the model reads digits that it was not trained on.")
        .fact("Dataset", options.data() + ", split " + options.split())
        .fact("Model", options.model().toString())
        .fact("Model SHA-256", model.sha256())
        .fact("Trained", model.description().writtenAt())
        .fact("Version", Version.current())
        .targetError(options.targetError())
        .evaluation(evaluation.evaluation())
        .history(history)
        .mistakes(evaluation.mistakes().ranked())
        .build();
  }

  private void write(String name, FileContent content) throws IOException {
    content.writeTo(fileSystem, new Path(staging, name));
  }
}
