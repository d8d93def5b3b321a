// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bounds of the audited error, by simulated and by exactly computed histories. */
class AuditBoundsTest {

  private static final int HISTORIES = 1000;
  private static final int NIGHTS = 30;

  private static int binomial(Random random, int items, double rate) {
    int wrong = 0;
    for (int i = 0; i < items; i++) {
      wrong += random.nextDouble() < rate ? 1 : 0;
    }
    return wrong;
  }

  /** Returns the share of histories in which the lower bound is above the limit some night. */
  private static double alarms(double rate, double limit, int aNight, int nights, long seed) {
    Random random = new Random(seed);
    int alarms = 0;
    for (int history = 0; history < HISTORIES; history++) {
      long wrong = 0;
      boolean alarm = false;
      for (int night = 1; night <= nights && !alarm; night++) {
        wrong += binomial(random, aNight, rate);
        alarm = AuditBounds.refutes(limit, wrong, (long) night * aNight);
      }
      alarms += alarm ? 1 : 0;
    }
    return (double) alarms / HISTORIES;
  }

  /** Returns the same exactly: the mass of the paths that were above the limit some night. */
  private static double alarmsExactly(double rate, double limit, int aNight, int nights) {
    double[] night = new double[aNight + 1];
    for (int wrong = 0; wrong <= aNight; wrong++) {
      night[wrong] = binomialMass(aNight, wrong, rate);
    }
    double[] paths = {1};
    double alarms = 0;
    for (int look = 1; look <= nights; look++) {
      double[] next = new double[paths.length + aNight];
      for (int wrong = 0; wrong < paths.length; wrong++) {
        for (int more = 0; more <= aNight; more++) {
          next[wrong + more] += paths[wrong] * night[more];
        }
      }
      for (int wrong = 0; wrong < next.length; wrong++) {
        if (next[wrong] > 0 && AuditBounds.refutes(limit, wrong, (long) look * aNight)) {
          alarms += next[wrong];
          next[wrong] = 0;
        }
      }
      paths = next;
    }
    return alarms;
  }

  private static double binomialMass(int items, int wrong, double rate) {
    double log = wrong * Math.log(rate) + (items - wrong) * Math.log1p(-rate);
    for (int i = 0; i < wrong; i++) {
      log += Math.log((double) (items - i) / (wrong - i));
    }
    return Math.exp(log);
  }

  @ParameterizedTest
  @CsvSource({"0.005, 300", "0.001, 1000"})
  void atTheLimitThereIsAnAlarmInAtMostOneOfTwentyHistories(double limit, int aNight) {
    assertThat(alarms(limit, limit, aNight, NIGHTS, 1)).isLessThanOrEqualTo(0.05);
  }

  @ParameterizedTest
  @CsvSource({"0.005, 300", "0.001, 1000"})
  void fiveTimesTheLimitIsFoundWithinThreeNights(double limit, int aNight) {
    assertThat(alarms(5 * limit, limit, aNight, 3, 2)).isGreaterThanOrEqualTo(0.95);
    assertThat(alarmsExactly(5 * limit, limit, aNight, 3)).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void simulatedAndExactHistoriesAgreeAndKeepTheLevel() {
    double exact = alarmsExactly(0.05, 0.05, 10, NIGHTS);
    assertThat(exact).isBetween(0.005, 0.05);
    assertThat(alarms(0.05, 0.05, 10, NIGHTS, 3))
        .as("three standard errors of 1,000 histories")
        .isCloseTo(exact, within(3 * Math.sqrt(exact / HISTORIES)));
  }

  @Test
  void theUpperBoundHoldsAtAllLooksTogether() {
    Random random = new Random(4);
    int missed = 0;
    for (int history = 0; history < HISTORIES; history++) {
      long wrong = 0;
      boolean below = false;
      for (int night = 1; night <= NIGHTS; night++) {
        wrong += binomial(random, 100, 0.02);
        below |= AuditBounds.upper(wrong, 100L * night) < 0.02;
      }
      missed += below ? 1 : 0;
    }
    assertThat(missed).isBetween(1, HISTORIES / 20);
  }

  @Test
  void withNothingWrongFourTimesTheTargetsInverseShowsIt() {
    assertThat(AuditBounds.upper(0, 4000)).isBetween(0.0007, 0.001);
    assertThat(AuditBounds.lower(0, 4000)).isZero();
  }

  @Test
  void boundsCloseInOnTheRate() {
    assertThat(AuditBounds.lower(1000, 100_000)).isBetween(0.0085, 0.01);
    assertThat(AuditBounds.upper(1000, 100_000)).isBetween(0.01, 0.0115);
  }

  @Test
  void whatIsRefutedIsBelowTheLowerBound() {
    for (int wrong = 0; wrong < 60; wrong++) {
      double lower = AuditBounds.lower(wrong, 900);
      assertThat(AuditBounds.refutes(0.999 * lower, wrong, 900)).isEqualTo(wrong > 0);
      assertThat(AuditBounds.refutes(1.001 * lower + 1e-9, wrong, 900)).isFalse();
    }
  }

  @Test
  void boundsOfNothingAndOfNothingRight() {
    assertThat(AuditBounds.lower(0, 0)).isZero();
    assertThat(AuditBounds.upper(0, 0)).isEqualTo(1);
    assertThat(AuditBounds.upper(7, 7)).isEqualTo(1);
    assertThat(AuditBounds.lower(7, 7)).isBetween(0.2, 0.9);
  }

  @Test
  void oneMoreErrorRaisesBothBounds() {
    for (int wrong = 0; wrong < 50; wrong++) {
      assertThat(AuditBounds.upper(wrong + 1, 50))
          .isGreaterThanOrEqualTo(AuditBounds.upper(wrong, 50));
      assertThat(AuditBounds.lower(wrong + 1, 50))
          .isGreaterThanOrEqualTo(AuditBounds.lower(wrong, 50));
      assertThat(AuditBounds.lower(wrong, 50)).isLessThan(AuditBounds.upper(wrong, 50));
    }
  }
}
