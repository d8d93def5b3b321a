// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.tally;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.digitrecognizer.evaluation.calibration.CalibrationFile;
import org.digitrecognizer.evaluation.calibration.FairSample;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.storage.StagedFile;

/** Makes a calibration out of the readings whose truth a run was told. */
public final class FairSamples {

  private FairSamples() {}

  /**
   * Calibrates on what this run was told; the labels that rows have of earlier runs may be those of
   * digits that were hard to read.
   *
   * @param predictions of the whole output
   * @param targetError the error rate that what stands without a person may have, 0..1
   * @param modelSha256 of the model that made them
   */
  public static SiteCalibration calibrate(
      Dataset<Row> predictions, Truth truth, double targetError, String modelSha256) {
    FairSample sum = new FairSample();
    predictions
        .select("source", "entry", "confidence", "probabilities")
        .toJavaRDD()
        .mapPartitions(rows -> List.of(sample(rows, truth)).iterator())
        .collect()
        .forEach(sum::merge);
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return sum.calibrate(targetError, modelSha256, now);
  }

  private static FairSample sample(Iterator<Row> rows, Truth truth) {
    FairSample sample = new FairSample();
    while (rows.hasNext()) {
      Row row = rows.next();
      String source = row.getAs("source");
      OptionalInt known = truth.of(source, row.getAs("entry"));
      if (known.isPresent()) {
        sample.add(source, OutputFigures.reading(row), known.getAsInt());
      }
    }
    return sample;
  }

  /** Writes a calibration over one that is there. */
  public static void write(SiteCalibration site, FileSystem fs, Path file) throws IOException {
    new StagedFile(fs, file).write(out -> CalibrationFile.write(site, out));
  }
}
