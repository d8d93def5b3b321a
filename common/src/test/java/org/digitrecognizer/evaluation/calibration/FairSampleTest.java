// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.digitrecognizer.digit.Reading;
import org.junit.jupiter.api.Test;

class FairSampleTest {

  private static final String SHA = "ab".repeat(32);
  private static final String MADE = "2026-01-02T03:04:05Z";

  @Test
  void findsTheThresholdAboveWhichFewAreWrong() {
    FairSample sample = new FairSample();
    add(sample, "sure", 1_500, 0.999f, 0);
    add(sample, "unsure", 500, 0.7f, 150);

    SiteCalibration site = sample.calibrate(0.01, SHA, MADE);

    assertThat(site.threshold()).isBetween(0.7, 0.999);
    assertThat(site.labels()).isEqualTo(2_000);
    assertThat(site.fittedOn()).as("half").isBetween(900L, 1_100L);
    assertThat(site.wrong()).isZero();
    assertThat(site.accepted()).as("of the tested").isBetween(650L, 850L);
    assertThat(site.errorBound()).isLessThanOrEqualTo(0.01);
    assertThat(site.labelsNeeded()).isNull();
    assertThat(site.modelSha256()).isEqualTo(SHA);
    assertThat(site.made()).isEqualTo(MADE);
  }

  @Test
  void eightLabelsShowNothing() {
    FairSample sample = new FairSample();
    add(sample, "few", 8, 0.9999f, 0);

    SiteCalibration site = sample.calibrate(0.01, SHA, MADE);

    assertThat(site.threshold()).isNull();
    assertThat(site.errorBound()).isNull();
    assertThat(site.labelsNeeded()).as("at least twice 368").isBetween(736L, 3_000L);
  }

  @Test
  void noLabelsAtAll() {
    SiteCalibration site = new FairSample().calibrate(0.01, SHA, MADE);
    assertThat(site.threshold()).isNull();
    assertThat(site.temperature()).isEqualTo(1);
    assertThat(site.labelsNeeded()).isEqualTo(736);
  }

  @Test
  void whatErrsTooOftenNeedsNoMoreLabels() {
    FairSample sample = new FairSample();
    add(sample, "bad", 4_000, 0.999f, 400);
    SiteCalibration site = sample.calibrate(0.01, SHA, MADE);
    assertThat(site.threshold()).isNull();
    assertThat(site.labelsNeeded()).isNull();
    assertThat(site.temperature()).as("a model that is too sure").isGreaterThan(1.5);
  }

  /** Errors at the target whatever the confidence: hardly a sample may show that they are fewer. */
  @Test
  void theBoundHoldsAfterChoosing() {
    Random random = new Random(5);
    int found = 0;
    for (int draw = 0; draw < 400; draw++) {
      FairSample sample = new FairSample();
      for (int i = 0; i < 1_000; i++) {
        float confidence = 1 - 0.5f * random.nextFloat();
        sample.add(draw + "/" + i, reading(confidence), random.nextDouble() < 0.02 ? 4 : 3);
      }
      found += sample.calibrate(0.02, SHA, MADE).threshold() == null ? 0 : 1;
    }
    assertThat(found).as("of 400 samples").isBetween(1, 20);
  }

  @Test
  void halvesDependOnTheNamesAlone() {
    FairSample one = new FairSample();
    add(one, "a", 300, 0.99f, 3);
    FairSample other = new FairSample();
    FairSample part = new FairSample();
    for (int i = 299; i >= 0; i--) {
      (i % 3 == 0 ? other : part).add("a" + i, reading(0.99f), i < 3 ? 4 : 3);
    }
    other.merge(part);
    SiteCalibration expected = one.calibrate(0.05, SHA, MADE);
    SiteCalibration merged = other.calibrate(0.05, SHA, MADE);
    assertThat(merged.threshold()).isNotNull().isEqualTo(expected.threshold());
    assertThat(merged.fittedOn()).isEqualTo(expected.fittedOn());
    assertThat(merged.wrong()).isEqualTo(expected.wrong());
    assertThat(merged.temperature()).isCloseTo(expected.temperature(), within(1e-6));
  }

  private static void add(FairSample sample, String name, int count, float confidence, int wrong) {
    for (int i = 0; i < count; i++) {
      sample.add(name + i, reading(confidence), i < wrong ? 4 : 3);
    }
  }

  /** A 3 of such a confidence. */
  private static Reading reading(float confidence) {
    float[] probabilities = new float[10];
    Arrays.fill(probabilities, (1 - confidence) / 9);
    probabilities[3] = confidence;
    return Reading.of(probabilities);
  }
}
