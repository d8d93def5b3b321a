// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.digitrecognizer.digit.GreyImage;
import org.junit.jupiter.api.Test;

class ScanViewsTest {

  /** Against sums of each window by itself. */
  @Test
  void grainIsAveragedAndShadeIsTheDifferenceFromTheMeanAround() {
    GreyImage scan = noise(45, 31);
    List<GreyImage> views = ScanViews.of(scan);
    assertThat(views).hasSize(3);
    for (int y = 0; y < scan.height(); y++) {
      for (int x = 0; x < scan.width(); x++) {
        int difference = 128 + level(scan, x, y) - mean(scan, x, y, 11);
        assertThat(level(views.get(0), x, y))
            .as("without shade at %d,%d", x, y)
            .isEqualTo(Math.max(0, Math.min(255, difference)));
        assertThat(level(views.get(1), x, y))
            .as("without grain at %d,%d", x, y)
            .isEqualTo(mean(scan, x, y, 1));
        assertThat(level(views.get(2), x, y))
            .as("without either at %d,%d", x, y)
            .isEqualTo(mean(views.get(0), x, y, 1));
      }
    }
  }

  @Test
  void strokesOfScansNoLargerThanMnistsAreAsFineAsGrain() {
    assertThat(ScanViews.of(noise(28, 28))).isEmpty();
    assertThat(ScanViews.of(noise(20, 29))).hasSize(3);
  }

  @Test
  void theEvenViewIsTheOneWithoutShade() {
    GreyImage scan = noise(45, 31);
    assertThat(ScanViews.even(scan).orElseThrow().pixels())
        .isEqualTo(ScanViews.of(scan).get(0).pixels());
    assertThat(ScanViews.even(noise(28, 28))).isEmpty();
  }

  @Test
  void theSmallViewHasNoGrainEither() {
    GreyImage small = ScanViews.small(noise(96, 60)).orElseThrow();
    GreyImage shrunk = ScanThumbnail.of(noise(96, 60), 48);
    assertThat(small.width()).isEqualTo(48);
    assertThat(small.height()).isEqualTo(30);
    for (int i = 0; i < small.pixels().length; i++) {
      assertThat(level(small, i % 48, i / 48)).isEqualTo(mean(shrunk, i % 48, i / 48, 1));
    }
    assertThat(ScanViews.small(noise(59, 40))).isEmpty();
    assertThat(ScanViews.small(noise(40, 401))).isEmpty();
  }

  private static GreyImage noise(int width, int height) {
    byte[] pixels = new byte[width * height];
    new Random(3).nextBytes(pixels);
    return new GreyImage(width, height, pixels);
  }

  private static int level(GreyImage scan, int x, int y) {
    return scan.pixels()[y * scan.width() + x] & 0xff;
  }

  private static int mean(GreyImage scan, int x, int y, int reach) {
    double sum = 0;
    int count = 0;
    for (int row = y - reach; row <= y + reach; row++) {
      for (int column = x - reach; column <= x + reach; column++) {
        if (row >= 0 && column >= 0 && row < scan.height() && column < scan.width()) {
          sum += level(scan, column, row);
          count++;
        }
      }
    }
    return (int) Math.floor(sum / count + 0.5);
  }
}
