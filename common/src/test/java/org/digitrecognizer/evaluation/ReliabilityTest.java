// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.digitrecognizer.evaluation.RawReadings.Raw;
import org.junit.jupiter.api.Test;

class ReliabilityTest {

  @Test
  void errorIsTheWeightedGapBetweenConfidenceAndAccuracy() {
    Reliability reliability = new Reliability();
    reliability.add(0.95, true);
    reliability.add(0.97, false);
    reliability.add(0.5, true);
    reliability.add(0.5, true);
    // Last bin: confidence 0.96, accuracy 0.5. Middle bin: confidence 0.5, accuracy 1.
    assertThat(reliability.expectedCalibrationError())
        .isCloseTo(0.5 * 0.46 + 0.5 * 0.5, within(1e-8));
  }

  @Test
  void binsIncludeTheirUpperBound() {
    Reliability reliability = new Reliability();
    reliability.add(0, false);
    reliability.add(1 / 15.0, false);
    reliability.add(1, true);
    List<Reliability.Bin> bins = reliability.bins();
    assertThat(bins).hasSize(15);
    assertThat(bins.get(0).count()).as("0 and 1/15").isEqualTo(2);
    assertThat(bins.get(14).count()).as("1").isEqualTo(1);
    assertThat(bins.get(14).accuracy()).isEqualTo(1);
    assertThat(bins.get(7).accuracy()).as("of no reading").isNaN();
  }

  @Test
  void agreesWithBruteForce() {
    List<Raw> readings = RawReadings.random(20_000, 1);
    double gaps = 0;
    for (Reliability.Bin bin : RawReadings.evaluate(readings).reliability().bins()) {
      List<Raw> inside =
          readings.stream()
              .filter(raw -> raw.confidence() > bin.from() && raw.confidence() <= bin.to())
              .toList();
      assertThat(bin.count())
          .as("readings in (%s, %s]", bin.from(), bin.to())
          .isEqualTo(inside.size());
      gaps +=
          Math.abs(
              inside.stream().mapToDouble(raw -> raw.confidence() - (raw.wrong() ? 0 : 1)).sum());
    }
    assertThat(RawReadings.evaluate(readings).reliability().expectedCalibrationError())
        .isCloseTo(gaps / readings.size(), within(1e-9));
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reliability().add(Double.NaN, true))
        .withMessage("A confidence is 0 to 1, not NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> new Reliability().add(1.5, true));
  }

  @Test
  void nothingCountedHasNoError() {
    assertThat(new Reliability().expectedCalibrationError()).isNaN();
  }
}
