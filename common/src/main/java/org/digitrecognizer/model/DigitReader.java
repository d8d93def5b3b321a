package org.digitrecognizer.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.backend.FrozenNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.Reading;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads digits with a network. The network always sees batches of one size, the last filled up with
 * paper, so that what an image is read as does not depend on the images it came with. For one
 * thread; readers of the same network share its parameters.
 */
public final class DigitReader {

  /** Images the network sees at once. */
  public static final int BATCH_SIZE = 128;

  private final FrozenNetwork network;
  private final Calibration calibration;
  private final float[] pixels = new float[BATCH_SIZE * DigitImage.SIZE];

  /**
   * @param configuration of a digit network; not changed
   * @param parameters of the network, {@code [1, parameters]}; shared, not changed
   * @param calibration of its confidences
   */
  public DigitReader(
      MultiLayerConfiguration configuration, INDArray parameters, Calibration calibration) {
    MultiLayerNetwork shared = new MultiLayerNetwork(configuration.clone());
    shared.init(parameters, false);
    this.network = new FrozenNetwork(shared, DigitImage.HEIGHT, DigitImage.WIDTH);
    this.calibration = calibration;
  }

  /** Makes a reader of a model. */
  public DigitReader(Model model) {
    this(
        model.network().getLayerWiseConfigurations(),
        model.network().params(),
        model.description().calibration());
  }

  /**
   * Reads images.
   *
   * @return a reading an image, in the same order
   */
  public List<Reading> read(List<DigitImage> images) {
    List<Reading> readings = new ArrayList<>(images.size());
    for (int start = 0; start < images.size(); start += BATCH_SIZE) {
      int end = Math.min(start + BATCH_SIZE, images.size());
      readBatch(images.subList(start, end), readings);
    }
    return readings;
  }

  private void readBatch(List<DigitImage> images, List<Reading> readings) {
    Arrays.fill(pixels, images.size() * DigitImage.SIZE, pixels.length, 0f);
    for (int i = 0; i < images.size(); i++) {
      images.get(i).copyTo(pixels, i * DigitImage.SIZE);
    }
    float[] probabilities = network.output(pixels, BATCH_SIZE);
    for (int i = 0; i < images.size(); i++) {
      float[] row = new float[DigitImage.CLASSES];
      System.arraycopy(probabilities, i * row.length, row, 0, row.length);
      readings.add(Reading.of(calibration.apply(row)));
    }
  }
}
