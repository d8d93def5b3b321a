// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.dataset.DigitsDataset;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDescription;

/** The digits that a model was trained on, so that it does not unlearn them. */
final class TrainedOn {

  private final SparkSession spark;
  private final AdaptOptions options;
  private final ModelDescription.Data data;

  TrainedOn(SparkSession spark, AdaptOptions options, Model model) {
    this.spark = spark;
    this.options = options;
    this.data = model.description().data();
  }

  /**
   * Opens the dataset that the user names, or the one that the model names.
   *
   * @throws UserException if there is none, or it has no test digits
   */
  DigitsDataset open() throws IOException {
    DigitsDataset dataset = options.data() == null ? ofModel() : named(options.data().toString());
    if (dataset.count(DigitsDataset.TRAIN) == 0 || dataset.count(DigitsDataset.TEST) == 0) {
      throw new UserException(
          (options.data() == null ? data.dataset() : options.data())
              + " has no digits to train on or none to test with; pass --data with a dataset that"
              + " 'digits ingest' made of all of MNIST");
    }
    return dataset;
  }

  private DigitsDataset named(String directory) throws IOException {
    return DigitsDataset.open(spark, directory);
  }

  private DigitsDataset ofModel() throws IOException {
    if (data == null) {
      throw new UserException(
          options.model()
              + " does not say what it was trained on; pass --data with the dataset that 'digits"
              + " ingest' made of MNIST");
    }
    try {
      return named(data.dataset());
    } catch (UserException e) {
      throw new UserException(
          String.format(
              "%s was trained on %s, which is not here (%s); pass --data with the dataset that"
                  + " 'digits ingest' made of MNIST",
              options.model(), data.dataset(), e.getMessage()),
          e);
    }
  }
}
