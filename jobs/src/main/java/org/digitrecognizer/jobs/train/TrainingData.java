// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.averaging.PackedDigit;
import org.digitrecognizer.jobs.averaging.Seeds;
import org.digitrecognizer.jobs.dataset.DigitsDataset;
import org.digitrecognizer.jobs.reading.NamedDigit;
import scala.Tuple2;

/**
 * The training split in two parts: what is trained on, and what is held out to validate. Which
 * digit is in which depends on the seed and the digit's id alone. Both stay in memory or on the
 * executors' disks until they are closed.
 */
final class TrainingData implements AutoCloseable {

  private static final long PURPOSE = 0x7661_6c69_6461_7465L;
  private static final double UNIT = 0x1.0p-53;
  private static final int DISCARDED_BITS = 11;

  private final JavaRDD<Tuple2<Long, byte[]>> sorted;
  private final JavaPairRDD<Long, byte[]> examples;
  private final JavaRDD<NamedDigit> validation;
  private final long exampleCount;
  private final long validationCount;

  private TrainingData(
      JavaRDD<Tuple2<Long, byte[]>> sorted,
      JavaPairRDD<Long, byte[]> examples,
      JavaRDD<NamedDigit> validation) {
    this.sorted = sorted;
    this.examples = examples;
    this.validation = validation;
    this.exampleCount = examples.count();
    this.validationCount = validation.count();
  }

  /**
   * Reads the training split.
   *
   * @param directory of the dataset, for the message
   * @param fraction share held out, 0..1
   * @param partitions how many parts of about the same size to keep it in
   * @throws UserException if nothing is left to train on
   */
  static TrainingData load(
      DigitsDataset dataset, Path directory, double fraction, long seed, int partitions) {
    JavaRDD<Tuple2<Long, byte[]>> sorted =
        dataset
            .labelled(DigitsDataset.TRAIN)
            .map(digit -> new Tuple2<>(digit._1(), PackedDigit.pack(digit._2())))
            .sortBy(Tuple2::_1, true, partitions)
            .persist(StorageLevel.MEMORY_AND_DISK());
    TrainingData data =
        new TrainingData(
            sorted,
            sorted
                .filter(row -> !isValidation(seed, row._1(), fraction))
                .zipWithIndex()
                .mapToPair(row -> new Tuple2<>(row._2(), row._1()._2())),
            sorted
                .filter(row -> isValidation(seed, row._1(), fraction))
                .map(row -> named(row._1(), row._2())));
    if (data.exampleCount == 0) {
      data.close();
      throw new UserException(
          directory
              + " leaves no labelled digit to train on; ingest more digits or lower"
              + " --validation-fraction");
    }
    return data;
  }

  private static NamedDigit named(long id, byte[] packed) {
    return new NamedDigit("train #" + id, PackedDigit.unpack(packed));
  }

  /**
   * Whether a digit is held out: a number between 0 and 1, drawn from seed and id, is below the
   * fraction.
   */
  static boolean isValidation(long seed, long id, double fraction) {
    return (Seeds.mix(seed, PURPOSE, id) >>> DISCARDED_BITS) * UNIT < fraction;
  }

  /** Returns number 0 … n-1 and {@link PackedDigit} bytes of each digit to train on. */
  JavaPairRDD<Long, byte[]> examples() {
    return examples;
  }

  JavaRDD<NamedDigit> validation() {
    return validation;
  }

  long exampleCount() {
    return exampleCount;
  }

  long validationCount() {
    return validationCount;
  }

  @Override
  public void close() {
    sorted.unpersist(true);
  }
}
