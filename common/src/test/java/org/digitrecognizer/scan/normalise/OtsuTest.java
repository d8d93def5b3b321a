// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OtsuTest {

  private static final int LEVELS = 256;

  @Test
  void isTheLevelThatThePaperDefines() {
    Random random = new Random(7);
    for (int round = 0; round < 3000; round++) {
      int[] counts = new int[LEVELS];
      int levels = 1 + random.nextInt(LEVELS);
      int most = 1 + random.nextInt(round % 3 == 0 ? 3 : 100_000);
      for (int i = 0; i < levels; i++) {
        counts[random.nextInt(LEVELS)] = random.nextInt(most);
      }
      assertThat(Otsu.threshold(counts)).as("histogram %d", round).isEqualTo(byDefinition(counts));
    }
  }

  @Test
  void oneLevelOrNoneHasNoThreshold() {
    int[] counts = new int[LEVELS];
    assertThat(Otsu.threshold(counts)).isZero();
    counts[200] = 784;
    assertThat(Otsu.threshold(counts)).isZero();
  }

  /** Equation 18, level by level, with nothing left out. */
  private static int byDefinition(int[] counts) {
    double all = 0;
    double sum = 0;
    for (int i = 0; i < LEVELS; i++) {
      all += counts[i];
      sum += (double) i * counts[i];
    }
    double below = 0;
    double sumBelow = 0;
    double widest = 0;
    int threshold = 0;
    for (int i = 0; i < LEVELS; i++) {
      below += counts[i];
      sumBelow += (double) i * counts[i];
      double above = all - below;
      double distance = sumBelow / below - (sum - sumBelow) / above;
      double variance = below * above * distance * distance;
      if (below > 0 && above > 0 && variance > widest) {
        widest = variance;
        threshold = i;
      }
    }
    return threshold;
  }
}
