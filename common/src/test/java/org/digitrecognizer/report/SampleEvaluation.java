// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.specimen.TopSpecimens;
import org.digitrecognizer.evaluation.specimen.TopSpecimens.Ranking;

/** The digits of the MNIST test set with made-up readings, as a good network might give them. */
final class SampleEvaluation {

  private static final Path MNIST = Path.of("..", "data", "mnist");
  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;

  /** What a digit is most easily taken for. */
  private static final int[] LOOKALIKE = {6, 7, 7, 5, 9, 3, 0, 2, 3, 4};

  final Evaluation evaluation = new Evaluation();
  final TopSpecimens mistakes = new TopSpecimens(Ranking.WORST_MISTAKES, 60);
  final TopSpecimens leastCertain = new TopSpecimens(Ranking.LEAST_CERTAIN, 500);

  static SampleEvaluation labelled() throws IOException {
    return new SampleEvaluation(true);
  }

  static SampleEvaluation unlabelled() throws IOException {
    return new SampleEvaluation(false);
  }

  private SampleEvaluation(boolean labels) throws IOException {
    List<LabelledDigit> digits = testDigits();
    Random random = new Random(12);
    for (int i = 0; i < digits.size(); i++) {
      LabelledDigit digit = digits.get(i);
      Reading reading = madeUp(digit.label(), random);
      OptionalInt truth = labels ? OptionalInt.of(digit.label()) : OptionalInt.empty();
      truth.ifPresentOrElse(label -> evaluation.add(reading, label), () -> evaluation.add(reading));
      mistakes.offer("test #" + i, digit.image(), reading, truth);
      leastCertain.offer("test #" + i, digit.image(), reading, truth);
    }
  }

  static List<EpochRecord> history() {
    List<EpochRecord> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= 12; epoch++) {
      double loss = 0.024 + 0.33 * Math.pow(epoch, -1.1);
      double valLoss = 0.027 + 0.05 * Math.pow(epoch, -1.3) + 0.002 * Math.sin(5 * epoch);
      epochs.add(
          new EpochRecord(
              epoch, loss, 1 - 0.3 * loss, valLoss, 1 - 0.25 * valLoss, 31 + epoch % 3, 1690));
    }
    return epochs;
  }

  /** Wrong as often as it doubts: a calibrated reader. */
  static Reading madeUp(int label, Random random) {
    float confidence = (float) (1 - 0.6 * Math.pow(random.nextDouble(), 40));
    boolean wrong = random.nextDouble() > confidence;
    int other = random.nextInt(3) > 0 ? LOOKALIKE[label] : (label + 1 + random.nextInt(9)) % 10;
    float[] probabilities = new float[DigitImage.CLASSES];
    probabilities[wrong ? other : label] += confidence;
    probabilities[wrong ? label : other] += 1 - confidence;
    return Reading.of(probabilities);
  }

  static List<LabelledDigit> testDigits() throws IOException {
    byte[] images = unpacked("t10k-images-idx3-ubyte.gz");
    byte[] labels = unpacked("t10k-labels-idx1-ubyte.gz");
    List<LabelledDigit> digits = new ArrayList<>();
    DataInputStream input = new DataInputStream(new ByteArrayInputStream(images));
    input.skipBytes(IMAGES_HEADER);
    for (int i = LABELS_HEADER; i < labels.length; i++) {
      digits.add(new LabelledDigit(DigitImage.of(input.readNBytes(DigitImage.SIZE)), labels[i]));
    }
    return digits;
  }

  private static byte[] unpacked(String name) throws IOException {
    try (InputStream input = new GZIPInputStream(Files.newInputStream(MNIST.resolve(name)))) {
      return input.readAllBytes();
    }
  }
}
