// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.jobs.launch.Version;
import org.digitrecognizer.jobs.reading.LabelledEvaluation;
import org.digitrecognizer.report.EvaluationReport;
import org.digitrecognizer.report.Section;

/**
 * The page in the model directory: how training went, and how the network does on the validation
 * part.
 */
final class TrainingReport {

  static final int MISTAKES_SHOWN = 60;

  private final EvaluationReport page;

  TrainingReport(TrainOptions options, List<EpochRecord> history, LabelledEvaluation validation) {
    EvaluationReport.Builder builder =
        EvaluationReport.builder("Training report")
            .lead("How training went, and what the model makes of the digits held out from it.")
            .sections(Section.TRAINED)
            .fact("Dataset", options.data().toString())
            .history(history)
            .evaluation(validation.evaluation())
            .mistakes(validation.mistakes().ranked());
    options.recorded().forEach((name, value) -> builder.fact(name, String.valueOf(value)));
    builder.fact("Version", Version.current());
    this.page = builder.build();
  }

  void render(OutputStream out) throws IOException {
    page.render(out);
  }
}
