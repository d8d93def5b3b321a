// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.number.BestNumber;
import org.digitrecognizer.number.DrawnNumbers;
import org.digitrecognizer.number.DrawnNumbers.DrawnNumber;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.Lattice;
import org.digitrecognizer.number.NumberRule;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.scan.MnistDigits;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.training.augment.Augmentation;
import org.digitrecognizer.training.augment.Example;
import org.junit.jupiter.api.Test;

/** The model that the repository holds. */
class ModelForScansTest {

  private static Model model() throws IOException {
    return ModelDirectory.open(new Path("../models/scans"), new Configuration(), null);
  }

  private static List<LabelledDigit> digits() {
    byte[][] images = MnistDigits.images("t10k");
    byte[] labels = MnistDigits.labels("t10k");
    List<LabelledDigit> digits = new ArrayList<>();
    for (int i = 0; i < images.length; i++) {
      digits.add(new LabelledDigit(DigitImage.of(images[i]), labels[i]));
    }
    return digits;
  }

  @Test
  void itIsWholeAndSaysHowItWasMade() throws IOException {
    ModelDescription description = model().description();
    assertThat(description.training()).containsEntry("recipe", "scans").containsEntry("seed", 1);
    assertThat(description.calibration().examples()).isGreaterThan(5000);
    assertThat(DigitNetwork.tellsOneDigit(model().stored())).isTrue();
    assertThat(DigitNetwork.readsPairs(model().stored())).isTrue();
  }

  /** What cannot be cut is read whole. */
  @Test
  void itReadsDigitsThatTouch() throws IOException {
    Model model = model();
    DrawnNumbers numbers = new DrawnNumbers("t10k", 3);
    try (DigitSession session = new DigitSession(ReadingGraph.of(model.stored()));
        DigitReader reader = new DigitReader(session, model.description().calibration())) {
      int right = 0;
      for (int i = 0; i < 100; i++) {
        DrawnNumber drawn = numbers.draw(2, 0.1, 0.3);
        FreeNumber cut =
            ((Outcome.Ok<FreeNumber>) FreeNumber.of(drawn.image(), CutLimits.DEFAULT)).value();
        Lattice lattice = cut.lattice(reader.readPieces(cut.images()));
        String read = new BestNumber().read(lattice, NumberRule.ofDigits(1, 9)).number();
        right += drawn.number().equals(read) ? 1 : 0;
      }
      assertThat(right).as("of 100 pairs").isGreaterThanOrEqualTo(86);
    }
  }

  @Test
  void itReadsMnistAndTellsADigitFromWhatIsNone() throws IOException {
    Model model = model();
    try (DigitSession session = new DigitSession(ReadingGraph.of(model.stored()));
        DigitReader reader = new DigitReader(session, model.description().calibration())) {
      List<LabelledDigit> digits = digits();
      List<Reading> readings = reader.read(digits.stream().map(LabelledDigit::image).toList());
      long right = 0;
      for (int i = 0; i < digits.size(); i++) {
        right += readings.get(i).digit() == digits.get(i).label() ? 1 : 0;
      }
      assertThat(right).as("of 10,000").isGreaterThanOrEqualTo(9950);
      assertThat(readings).filteredOn(reading -> reading.oneDigit() < 0.5).hasSizeLessThan(30);

      List<DigitImage> others =
          Augmentation.minibatch(digits.subList(0, 3000), 5).stream()
              .filter(example -> !example.isDigit())
              .map(Example::image)
              .toList();
      assertThat(reader.read(others))
          .filteredOn(reading -> reading.oneDigit() > 0.5)
          .as("of %d that are not one digit", others.size())
          .hasSizeLessThan(others.size() / 8);
    }
  }
}
