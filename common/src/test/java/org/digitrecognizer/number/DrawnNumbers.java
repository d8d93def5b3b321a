// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import java.util.Random;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.scan.MnistDigits;

/**
 * Draws numbers of MNIST's digits, twice as large, that overlap or stand apart. It knows nothing of
 * how the recipe draws.
 */
public final class DrawnNumbers {

  private static final int SCALE = 2;
  private static final int MARGIN = 12;
  private static final int SIDE = 28;

  private final byte[][] digits;
  private final byte[] labels;
  private final Random random;

  /**
   * @param split of MNIST, "train" or "t10k"
   */
  public DrawnNumbers(String split, long seed) {
    digits = MnistDigits.images(split);
    labels = MnistDigits.labels(split);
    random = new Random(seed);
  }

  /** An image and its number. */
  public record DrawnNumber(GreyImage image, String number) {}

  /**
   * Draws a number.
   *
   * @param length digits
   * @param least overlap of digits, as a share of the narrower one's width, up to which their ink
   *     is laid over one another; negative for a gap
   */
  public DrawnNumber draw(int length, double least, double most) {
    StringBuilder number = new StringBuilder();
    int width = length * SIDE * SCALE * 2;
    int height = SIDE * SCALE + 2 * MARGIN;
    byte[] ink = new byte[width * height];
    int right = MARGIN;
    int before = 0;
    for (int i = 0; i < length; i++) {
      int at = random.nextInt(digits.length);
      number.append(labels[at]);
      int[] columns = columns(digits[at]);
      int own = (columns[1] - columns[0] + 1) * SCALE;
      double share = least + random.nextDouble() * (most - least);
      int overlap = i == 0 ? 0 : (int) Math.round(share * Math.min(own, before));
      int left = right - overlap;
      lay(digits[at], columns[0], left, ink, width);
      right = left + own;
      before = own;
    }
    return new DrawnNumber(paper(ink, width, right + MARGIN, height), number.toString());
  }

  /** Returns the first and the last column with ink. */
  private static int[] columns(byte[] pixels) {
    int first = SIDE;
    int last = -1;
    for (int i = 0; i < pixels.length; i++) {
      if ((pixels[i] & 0xff) > 100) {
        first = Math.min(first, i % SIDE);
        last = Math.max(last, i % SIDE);
      }
    }
    return new int[] {first, last};
  }

  private static void lay(byte[] pixels, int first, int left, byte[] ink, int width) {
    for (int y = 0; y < SIDE * SCALE; y++) {
      for (int x = 0; x < SIDE * SCALE; x++) {
        int column = left + x - first * SCALE;
        int level = pixels[y / SCALE * SIDE + x / SCALE] & 0xff;
        int place = (y + MARGIN) * width + column;
        if (column >= 0 && level > (ink[place] & 0xff)) {
          ink[place] = (byte) level;
        }
      }
    }
  }

  private static GreyImage paper(byte[] ink, int inkWidth, int width, int height) {
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (255 - (ink[i / width * inkWidth + i % width] & 0xff));
    }
    return new GreyImage(width, height, pixels);
  }
}
