// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.PairReading;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.model.Calibration;

/**
 * Reads digits with a network. The network always sees batches of one size, the last filled up with
 * paper, so that what an image is read as does not depend on the images it came with: to the last
 * bit, on one kind of processor. For one thread; closed before its session.
 */
public final class DigitReader implements AutoCloseable {

  /** Images the network sees at once: more are no faster, and the last batch is filled up. */
  public static final int BATCH_SIZE = 64;

  /**
   * Images to hand over at once: so many that a second look at a few of them fills a batch, too.
   */
  public static final int READ_AT_ONCE = 8 * BATCH_SIZE;

  /**
   * An image of which the network is at least as sure is not looked at again. Chosen on the real
   * scans: at 0.98 no more are read right, and the surest are ranked worse.
   */
  private static final double SURE = 0.9;

  private static final int PAIRS = DigitImage.CLASSES * DigitImage.CLASSES;

  private final DigitSession session;
  private final Calibration calibration;
  private final float[] pixels = new float[BATCH_SIZE * DigitImage.SIZE];
  private final FloatBuffer inputBuffer = direct(pixels.length);
  private final FloatBuffer outputBuffer = direct(BATCH_SIZE * DigitImage.CLASSES);
  private final FloatBuffer oneDigitBuffer = direct(BATCH_SIZE);
  private final FloatBuffer pairsBuffer = direct(BATCH_SIZE * PAIRS);
  private final OnnxTensor input;
  private final Map<String, OnnxTensor> outputs = new HashMap<>();

  /**
   * @param session shared; stays open
   * @param calibration of its confidences
   */
  public DigitReader(DigitSession session, Calibration calibration) {
    this.session = session;
    this.calibration = calibration;
    this.input = tensor(inputBuffer, BATCH_SIZE, DigitImage.HEIGHT, DigitImage.WIDTH, 1);
    outputs.put(DigitSession.OUTPUT, tensor(outputBuffer, BATCH_SIZE, DigitImage.CLASSES));
    if (session.tellsOneDigit()) {
      outputs.put(DigitSession.ONE_DIGIT, tensor(oneDigitBuffer, BATCH_SIZE, 1));
    } else {
      for (int i = 0; i < BATCH_SIZE; i++) {
        oneDigitBuffer.put(i, 1);
      }
    }
    if (session.readsPairs()) {
      outputs.put(DigitSession.PAIRS, tensor(pairsBuffer, BATCH_SIZE, PAIRS));
    }
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Makes a tensor that lies in the buffer itself. */
  private OnnxTensor tensor(FloatBuffer buffer, long... shape) {
    try {
      return OnnxTensor.createTensor(session.environment(), buffer, shape);
    } catch (OrtException e) {
      throw DigitSession.refused(e);
    }
  }

  /**
   * Reads images. A network that tells one digit from what is none has learnt from many hands: what
   * it is not sure of, it is shown again.
   *
   * @return a reading an image, in the same order
   */
  public List<Reading> read(List<DigitImage> images) {
    List<Reading> readings = readOnce(images);
    if (!session.tellsOneDigit()) {
      return readings;
    }
    List<Integer> unsure =
        IntStream.range(0, readings.size())
            .filter(image -> !isSure(readings.get(image)))
            .boxed()
            .toList();
    List<Reading> again =
        lookAgain(
            unsure.stream().map(images::get).toList(), unsure.stream().map(readings::get).toList());
    for (int i = 0; i < again.size(); i++) {
      readings.set(unsure.get(i), again.get(i));
    }
    return readings;
  }

  /** Returns whether a reading needs no second look. */
  public static boolean isSure(Reading reading) {
    return reading.confidence() >= SURE;
  }

  /**
   * Reads images, each as it is.
   *
   * @return a reading an image, in the same order
   */
  public List<Reading> readOnce(List<DigitImage> images) {
    return read(images, false);
  }

  /**
   * Reads images again, as two other hands would have written them.
   *
   * @param first what was made of each; it is read as a pair if it was then
   * @return the means of all three, in the same order
   */
  public List<Reading> lookAgain(List<DigitImage> images, List<Reading> first) {
    boolean pairs = first.stream().anyMatch(reading -> reading.pair().isPresent());
    List<DigitImage> written = new ArrayList<>();
    SecondLook.HANDS.forEach(hand -> images.forEach(image -> written.add(hand.draw(image))));
    List<Reading> others = read(written, pairs);
    List<Reading> means = new ArrayList<>(images.size());
    for (int image = 0; image < images.size(); image++) {
      List<Reading> looks = new ArrayList<>();
      looks.add(first.get(image));
      for (int other = image; other < others.size(); other += images.size()) {
        looks.add(others.get(other));
      }
      means.add(SecondLook.mean(looks));
    }
    return means;
  }

  /**
   * Reads images that may be one digit or two.
   *
   * @return a reading an image, in the same order, as a pair, too, if the network reads pairs
   */
  public List<Reading> readPieces(List<DigitImage> images) {
    return read(images, session.readsPairs());
  }

  private List<Reading> read(List<DigitImage> images, boolean pairs) {
    List<Reading> readings = new ArrayList<>(images.size());
    for (int start = 0; start < images.size(); start += BATCH_SIZE) {
      int end = Math.min(start + BATCH_SIZE, images.size());
      readBatch(images.subList(start, end), pairs, readings);
    }
    return readings;
  }

  private void readBatch(List<DigitImage> images, boolean pairs, List<Reading> readings) {
    Arrays.fill(pixels, images.size() * DigitImage.SIZE, pixels.length, 0f);
    for (int i = 0; i < images.size(); i++) {
      images.get(i).copyTo(pixels, i * DigitImage.SIZE);
    }
    inputBuffer.put(0, pixels);
    session.run(input, outputs);
    for (int i = 0; i < images.size(); i++) {
      float[] row = new float[DigitImage.CLASSES];
      outputBuffer.get(i * row.length, row);
      PairReading pair = pairs ? pair(i) : null;
      readings.add(Reading.of(calibration.apply(row), oneDigitBuffer.get(i), pair));
    }
  }

  private PairReading pair(int image) {
    float[] probabilities = new float[PAIRS];
    pairsBuffer.get(image * PAIRS, probabilities);
    return PairReading.of(probabilities);
  }

  @Override
  public void close() {
    input.close();
    outputs.values().forEach(OnnxTensor::close);
  }
}
