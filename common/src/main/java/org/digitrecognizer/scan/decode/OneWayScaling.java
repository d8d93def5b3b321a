// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import java.util.Arrays;
import org.digitrecognizer.digit.GreyImage;

/** Stretches or shrinks images along one side, linearly; what is shrunk is averaged. */
final class OneWayScaling {

  private OneWayScaling() {}

  /** Which pixels of a row one new pixel is made of, and how much of each, 1 in all. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody calls its equals.
  private record Mixture(int from, float[] weights) {

    /**
     * Weighs by a triangle around the new pixel's centre, as wide as the pixels on either side.
     *
     * @param index of the new pixel
     */
    static Mixture of(int index, int before, int after) {
      double scale = (double) before / after;
      double reach = Math.max(1, scale);
      double centre = (index + 0.5) * scale;
      int from = (int) Math.max(0, Math.floor(centre - reach + 0.5));
      int to = (int) Math.min(before, Math.floor(centre + reach + 0.5));
      float[] weights = new float[Math.max(1, to - from)];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) Math.max(0, 1 - Math.abs(from + i + 0.5 - centre) / reach);
        sum += weights[i];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= (float) sum;
      }
      return new Mixture(from, weights);
    }
  }

  static GreyImage toWidth(GreyImage image, int width) {
    byte[] pixels = new byte[width * image.height()];
    for (int x = 0; x < width; x++) {
      Mixture mixture = Mixture.of(x, image.width(), width);
      for (int y = 0; y < image.height(); y++) {
        int at = y * image.width() + mixture.from;
        float sum = 0;
        for (int i = 0; i < mixture.weights.length; i++) {
          sum += mixture.weights[i] * (image.pixels()[at + i] & 0xff);
        }
        pixels[y * width + x] = (byte) (sum + 0.5f);
      }
    }
    return new GreyImage(width, image.height(), pixels);
  }

  static GreyImage toHeight(GreyImage image, int height) {
    int width = image.width();
    byte[] pixels = new byte[width * height];
    float[] sums = new float[width];
    for (int y = 0; y < height; y++) {
      Mixture mixture = Mixture.of(y, image.height(), height);
      Arrays.fill(sums, 0.5f);
      for (int i = 0; i < mixture.weights.length; i++) {
        int at = (mixture.from + i) * width;
        for (int x = 0; x < width; x++) {
          sums[x] += mixture.weights[i] * (image.pixels()[at + x] & 0xff);
        }
      }
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = (byte) sums[x];
      }
    }
    return new GreyImage(width, height, pixels);
  }
}
