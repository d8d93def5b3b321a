// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.PairReading;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.keras.Networks;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.model.StoredNetwork;
import org.digitrecognizer.onnx.OnnxFile;
import org.digitrecognizer.onnx.ReadingGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DigitReaderTest {

  private static final MultiLayerNetwork STOCK = stock();
  private static final List<DigitImage> IMAGES = images(300);

  private static final DigitSession SESSION =
      new DigitSession(OnnxFile.bytes(StoredNetwork.of(STOCK)));

  private final DigitReader reader = new DigitReader(SESSION, Calibration.none());

  @AfterAll
  static void close() {
    SESSION.close();
  }

  @AfterEach
  void closeReader() {
    reader.close();
  }

  @Test
  void readsWhatTheStockNetworkReads() {
    List<Reading> readings = reader.read(IMAGES);
    for (int i = 0; i < IMAGES.size(); i += 37) {
      float[] pixels = new float[DigitImage.SIZE];
      IMAGES.get(i).copyTo(pixels, 0);
      INDArray expected = STOCK.output(Nd4j.createFromArray(pixels).reshape(1, 28, 28, 1));
      assertThat(readings.get(i).probabilities())
          .containsExactly(expected.data().asFloat(), within(1e-5f));
    }
  }

  @Test
  void anImageIsReadTheSameToTheLastBitWhateverBatchItFallsInto() {
    requireTheSameInAnyBatch(reader);
  }

  @Test
  void soItIsInWholeNumbers() {
    StoredNetwork network = StoredNetwork.of(STOCK);
    byte[] whole = ReadingGraph.of(network);
    assertThat(whole).isNotEqualTo(OnnxFile.bytes(network));
    try (DigitSession session = new DigitSession(whole);
        DigitReader rounded = new DigitReader(session, Calibration.none())) {
      requireTheSameInAnyBatch(rounded);
    }
  }

  private static void requireTheSameInAnyBatch(DigitReader reader) {
    List<Reading> together = reader.read(IMAGES);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < IMAGES.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(5));
    List<Reading> shuffled = reader.read(order.stream().map(IMAGES::get).toList());
    for (int i = 0; i < order.size(); i++) {
      assertThat(shuffled.get(i).probabilities())
          .containsExactly(together.get(order.get(i)).probabilities());
    }
    for (int i = 0; i < IMAGES.size(); i += 50) {
      assertThat(reader.read(List.of(IMAGES.get(i))).get(0).probabilities())
          .containsExactly(together.get(i).probabilities());
    }
  }

  @Test
  void nothingToReadIsNoReading() {
    assertThat(reader.read(List.of())).isEmpty();
  }

  @Test
  void aNetworkThatReadsNoPairsReadsPiecesAsDigits() {
    assertThat(reader.readPieces(IMAGES.subList(0, 3)))
        .hasSize(3)
        .allMatch(reading -> reading.pair().isEmpty() && reading.oneDigit() == 1);
  }

  @Test
  void soIsWhetherItIsOneDigitOrTwo() {
    try (DigitSession session =
            new DigitSession(OnnxFile.bytes(StoredNetwork.of(Networks.scans())));
        DigitReader pieces = new DigitReader(session, Calibration.none())) {
      List<Reading> together = pieces.readPieces(IMAGES);
      for (int i = 0; i < IMAGES.size(); i += 7) {
        Reading alone = pieces.readPieces(List.of(IMAGES.get(i))).get(0);
        assertThat(alone.oneDigit()).isEqualTo(together.get(i).oneDigit());
        assertThat(alone.pair().orElseThrow().left())
            .containsExactly(together.get(i).pair().orElseThrow().left());
      }
    }
  }

  @Test
  void piecesAreReadAsOneDigitAndAsTwo() {
    MultiLayerNetwork network = Networks.scans();
    List<DigitImage> images = IMAGES.subList(0, 70);
    try (DigitSession session = new DigitSession(OnnxFile.bytes(StoredNetwork.of(network)));
        DigitReader pieces = new DigitReader(session, Calibration.none())) {
      assertThat(pieces.read(images)).allMatch(reading -> reading.pair().isEmpty());
      List<Reading> readings = pieces.readPieces(images);
      for (int i = 0; i < images.size(); i += 23) {
        float[] pixels = new float[DigitImage.SIZE];
        images.get(i).copyTo(pixels, 0);
        float[] all = Networks.output(network, Nd4j.createFromArray(pixels).reshape(1, 28, 28, 1));
        PairReading pair = readings.get(i).pair().orElseThrow();
        double sum = 0;
        float[] left = new float[10];
        float[] right = new float[10];
        for (int number = 0; number < 100; number++) {
          float probability = all[DigitNetwork.pair(number / 10, number % 10)];
          sum += probability;
          left[number / 10] += probability;
          right[number % 10] += probability;
        }
        assertThat(pair.probability()).isCloseTo(sum, within(1e-4));
        for (int digit = 0; digit < 10; digit++) {
          assertThat(pair.left()[digit] * sum).isCloseTo(left[digit], within(1e-4));
          assertThat(pair.right()[digit] * sum).isCloseTo(right[digit], within(1e-4));
        }
        assertThat(readings.get(i).oneDigit() + sum + all[DigitNetwork.NEITHER])
            .isCloseTo(1, within(1e-4));
      }
    }
  }

  private static MultiLayerNetwork stock() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(DigitNetwork.configuration(DigitNetwork.Options.keras(11)));
    network.init();
    return network;
  }

  private static List<DigitImage> images(int count) {
    Random random = new Random(4);
    List<DigitImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] pixels = new byte[DigitImage.SIZE];
      random.nextBytes(pixels);
      images.add(DigitImage.of(pixels));
    }
    return images;
  }
}
