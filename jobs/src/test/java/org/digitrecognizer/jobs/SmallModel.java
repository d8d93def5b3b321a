// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.model.ModelDescription;
import org.digitrecognizer.model.ModelWriter;
import org.digitrecognizer.storage.NioLocalFileSystem;
import org.digitrecognizer.training.FastLayers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Model directories for tests that read, made in seconds and once for all tests of a JVM. */
public final class SmallModel {

  private static final int DIGITS = 128;

  /** A fifth of Keras' numbers: a night in a test is shorter than what opening Keras' takes. */
  private static final DigitNetwork.Layers LAYERS = new DigitNetwork.Layers(16, 24, 3, 2, 64);

  private static final int BATCH = 32;

  /** Not 1, so that a reading without calibration is told from one with it. */
  private static final double TEMPERATURE = 1.5;

  private static Path trained;

  static {
    NioLocalFileSystem.install();
  }

  private SmallModel() {}

  /** Returns a model that was trained on a few digits: good enough to be read with. */
  public static synchronized Path trained() {
    if (trained == null) {
      MultiLayerNetwork network = network(1);
      train(network, SmallMnist.train(DIGITS));
      trained = writeOwn(network);
    }
    return trained;
  }

  /** Writes to a directory that no other JVM has, since several of them test at once. */
  private static Path writeOwn(MultiLayerNetwork network) {
    try {
      Path target = Path.of("target").toAbsolutePath();
      Path directory = write(Files.createTempDirectory(target, "small-model-"), network);
      FileUtils.forceDeleteOnExit(directory.toFile());
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a model that was never trained. */
  public static Path untrained(Path directory) {
    return write(directory, network(2));
  }

  private static MultiLayerNetwork network(long seed) {
    DigitNetwork.Options keras = DigitNetwork.Options.keras(seed);
    DigitNetwork.Options small =
        new DigitNetwork.Options(
            seed,
            keras.rho(),
            keras.epsilon(),
            keras.convolutionDropout(),
            keras.denseDropout(),
            LAYERS);
    MultiLayerNetwork network =
        new MultiLayerNetwork(FastLayers.speedUp(DigitNetwork.configuration(small)));
    network.init();
    return network;
  }

  private static void train(MultiLayerNetwork network, List<LabelledDigit> digits) {
    for (int start = 0; start < digits.size(); start += BATCH) {
      float[] pixels = new float[BATCH * DigitImage.SIZE];
      INDArray labels = Nd4j.zeros(BATCH, DigitImage.CLASSES);
      for (int i = 0; i < BATCH; i++) {
        LabelledDigit digit = digits.get(start + i);
        digit.image().copyTo(pixels, i * DigitImage.SIZE);
        labels.putScalar(i, digit.label(), 1);
      }
      network.fit(Nd4j.createFromArray(pixels).reshape(BATCH, 28, 28, 1), labels);
    }
  }

  private static Path write(Path directory, MultiLayerNetwork network) {
    try {
      ModelWriter writer =
          new ModelWriter(new org.apache.hadoop.fs.Path(directory.toUri()), new Configuration());
      writer.networkWithoutState(FastLayers.toStock(network));
      writer.finish(
          new ModelDescription(
              ModelDescription.FORMAT_VERSION,
              "2026-01-01T00:00:00Z",
              "a test",
              new ModelDescription.Shape(List.of(28, 28, 1), List.of(), network.numParams()),
              Map.of(),
              new ModelDescription.Data("MNIST", "none", DIGITS, 0),
              Map.of(),
              new Calibration(TEMPERATURE, DIGITS),
              null,
              Map.of(),
              Map.of()));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
