package org.digitrecognizer.jobs.evaluate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.ConfusionCsv;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.MetricsFile;
import org.digitrecognizer.jobs.launch.Version;
import org.digitrecognizer.jobs.reading.LabelledEvaluation;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.report.EvaluationReport;

/**
 * Writes what an evaluation leaves behind, all of it beside an old report before that gives way;
 * {@code metrics.json} comes last, so that who waits for it has the rest.
 */
final class EvaluationFiles {

  private static final String DIRECTORY = "report";
  private static final String STAGING = "_report";
  private static final List<String> NAMES = List.of("index.html", "confusion.csv", "metrics.json");

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

  /** Tells by its name whether something in an output belongs to an evaluation. */
  static boolean isOwn(String name) {
    return name.equals(DIRECTORY) || name.equals(STAGING);
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes all files and returns the page's path.
   *
   * @throws IOException if the file system fails; then an old report is still there, unless it was
   *     already giving way
   */
  Path write(Model model, List<EpochRecord> history, LabelledEvaluation evaluation, Metrics metrics)
      throws IOException {
    try {
      EvaluationReport page = page(model, history, evaluation);
      List<Content> contents =
          List.of(
              page::render,
              out -> ConfusionCsv.write(evaluation.evaluation().confusion(), out),
              out -> MetricsFile.write(metrics, out));
      for (int i = 0; i < NAMES.size(); i++) {
        write(NAMES.get(i), contents.get(i));
      }
      replace();
    } finally {
      fileSystem.delete(staging, true);
    }
    return new Path(directory, NAMES.get(0));
  }

  private void replace() throws IOException {
    fileSystem.delete(directory, true);
    fileSystem.mkdirs(directory);
    for (String name : NAMES) {
      Path target = new Path(directory, name);
      if (!fileSystem.rename(new Path(staging, name), target)) {
        throw new IOException("Cannot rename " + new Path(staging, name) + " to " + target);
      }
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

  private void write(String name, Content content) throws IOException {
    Path path = new Path(staging, name);
    try (OutputStream out = new BufferedOutputStream(fileSystem.create(path, true))) {
      content.writeTo(out);
    }
  }
}
