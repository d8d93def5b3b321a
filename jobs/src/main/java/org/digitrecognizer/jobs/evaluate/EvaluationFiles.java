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
 * Writes what an evaluation leaves behind; {@code metrics.json} last, so that who waits for it has
 * the rest.
 */
final class EvaluationFiles {

  static final String DIRECTORY = "report";

  private final EvaluateOptions options;
  private final FileSystem fileSystem;
  private final Path directory;

  EvaluationFiles(EvaluateOptions options, Configuration configuration) throws IOException {
    this.options = options;
    this.fileSystem = options.output().getFileSystem(configuration);
    this.directory = new Path(options.output(), DIRECTORY);
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes all files and returns the page's path. */
  Path write(Model model, List<EpochRecord> history, LabelledEvaluation evaluation, Metrics metrics)
      throws IOException {
    fileSystem.delete(directory, true);
    EvaluationReport page = page(model, history, evaluation);
    Path index = write("index.html", page::render);
    write("confusion.csv", out -> ConfusionCsv.write(evaluation.evaluation().confusion(), out));
    write("metrics.json", out -> MetricsFile.write(metrics, out));
    return index;
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

  private Path write(String name, Content content) throws IOException {
    Path path = new Path(directory, name);
    try (OutputStream out = new BufferedOutputStream(fileSystem.create(path, true))) {
      content.writeTo(out);
    }
    return path;
  }
}
