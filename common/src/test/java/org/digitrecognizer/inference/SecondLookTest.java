// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.scan.MnistDigits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SecondLookTest {

  private static final List<DigitImage> IMAGES =
      Arrays.stream(MnistDigits.images("t10k")).map(DigitImage::of).toList();

  private static DigitSession session;
  private static DigitReader reader;

  @BeforeAll
  static void open() throws IOException {
    Model model = ModelDirectory.open(new Path("../models/scans"), new Configuration(), null);
    session = new DigitSession(ReadingGraph.of(model.stored()));
    reader = new DigitReader(session, model.description().calibration());
  }

  @AfterAll
  static void close() {
    reader.close();
    session.close();
  }

  @Test
  void whatIsSureIsReadOnceAndTheRestIsAMeanOfThreeReadings() {
    List<DigitImage> images = IMAGES.subList(0, 2000);
    List<Reading> once = reader.readOnce(images);
    List<Reading> read = reader.read(images);
    int again = 0;
    for (int i = 0; i < images.size(); i++) {
      if (once.get(i).confidence() >= 0.9) {
        assertThat(read.get(i).probabilities()).containsExactly(once.get(i).probabilities());
      } else {
        again++;
        assertIsMean(images.get(i), read.get(i));
      }
    }
    assertThat(again).isBetween(20, 200);
  }

  private static void assertIsMean(DigitImage image, Reading mean) {
    DigitImage one = new OtherHand(0.1, 0.93, 0.97, 0.05).draw(image);
    DigitImage other = new OtherHand(-0.1, 1.07, 1.03, -0.05).draw(image);
    List<Reading> three = reader.readOnce(List.of(image, one, other));
    for (int digit = 0; digit < 10; digit++) {
      double sum = 0;
      for (Reading each : three) {
        sum += each.probabilities()[digit];
      }
      assertThat((double) mean.probabilities()[digit]).isCloseTo(sum / 3, within(1e-5));
    }
    assertThat(mean.oneDigit())
        .isCloseTo(three.stream().mapToDouble(Reading::oneDigit).average().orElse(0), within(1e-5));
  }

  @Test
  void whatWasReadAsAPairIsAPairAgain() {
    List<DigitImage> image = IMAGES.subList(8, 9);
    List<Reading> pieces = new ArrayList<>(reader.readPieces(image));
    float[] again = reader.lookAgain(image, pieces).get(0).pair().orElseThrow().left();
    for (OtherHand hand : SecondLook.HANDS) {
      pieces.addAll(reader.readPieces(List.of(hand.draw(image.get(0)))));
    }
    for (int digit = 0; digit < 10; digit++) {
      double sum = 0;
      for (Reading piece : pieces) {
        sum += piece.pair().orElseThrow().left()[digit];
      }
      assertThat((double) again[digit]).isCloseTo(sum / 3, within(1e-5));
    }
    assertThat(reader.read(image)).allMatch(reading -> reading.pair().isEmpty());
  }

  @Test
  void anotherHandMovesTheInkAboutTheMiddle() {
    DigitImage image = DigitImage.of(MnistDigits.images("t10k")[0]);
    assertThat(new OtherHand(0, 1, 1, 0).draw(image)).isEqualTo(image);

    byte[] pixels = new byte[DigitImage.SIZE];
    for (int y = 4; y < 24; y++) {
      pixels[y * 28 + 13] = (byte) 255;
      pixels[y * 28 + 14] = (byte) 255;
    }
    DigitImage bar = DigitImage.of(pixels);
    DigitImage slanted = new OtherHand(0.5, 1, 1, 0).draw(bar);
    assertThat(centre(slanted, 5)).isCloseTo(13.5 + 0.5 * 8.5, within(0.1));
    assertThat(centre(slanted, 22)).isCloseTo(13.5 - 0.5 * 8.5, within(0.1));
    DigitImage wide = new OtherHand(0, 2, 1, 0).draw(bar);
    assertThat(mass(wide)).isCloseTo(2 * mass(bar), within(0.1 * mass(bar)));
  }

  private static double centre(DigitImage image, int row) {
    double sum = 0;
    double mass = 0;
    for (int x = 0; x < 28; x++) {
      sum += x * image.ink(row, x);
      mass += image.ink(row, x);
    }
    return sum / mass;
  }

  private static double mass(DigitImage image) {
    double mass = 0;
    for (int i = 0; i < DigitImage.SIZE; i++) {
      mass += image.ink(i / 28, i % 28);
    }
    return mass;
  }
}
