// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import java.util.Arrays;
import java.util.Random;
import org.digitrecognizer.digit.GreyImage;

/**
 * Draws paper as scanners and cameras see it: noise of many grains, fibres, printed patterns of
 * lines, slopes of light, shadows with soft and hard edges, corners that darken. Light is 0 to 1.
 */
public final class DrawnPaper {

  private final Random random;

  /** Draws the same sheets whenever the seed is the same. */
  public DrawnPaper(long seed) {
    this.random = new Random(seed);
  }

  /** Returns a sheet without ink, of 24 to 200 pixels a side, now and then light on dark. */
  public GreyImage blank() {
    int width = 24 + random.nextInt(177);
    int height = (int) Math.max(24, Math.min(200, width * (0.6 + random.nextDouble())));
    return shades(paper(width, height), width, height);
  }

  /**
   * Returns a sheet with a digit's ink on it.
   *
   * @param ink a scan with 0 = paper and 255 = ink
   */
  public GreyImage with(GreyImage ink) {
    double[] light = paper(ink.width(), ink.height());
    double strength = 0.45 + 0.4 * random.nextDouble();
    for (int i = 0; i < light.length; i++) {
      light[i] *= 1 - strength * (ink.pixels()[i] & 0xff) / 255;
    }
    return shades(light, ink.width(), ink.height());
  }

  private double[] paper(int width, int height) {
    double[] light = new double[width * height];
    Arrays.fill(light, 0.7 + 0.28 * random.nextDouble());
    int kinds = 1 + random.nextInt(7);
    if ((kinds & 1) != 0) {
      grain(light, width, height);
    }
    if ((kinds & 2) != 0) {
      pattern(light, width);
    }
    if ((kinds & 4) != 0) {
      shadow(light, width, height);
    }
    return light;
  }

  /** Noise that is smeared over up to four pixels. */
  private void grain(double[] light, int width, int height) {
    double strength = 0.06 * random.nextDouble();
    int smear = 1 + random.nextInt(4);
    double[] noise = new double[(width + smear) * (height + smear)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextGaussian() * strength / Math.sqrt(smear);
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int i = 0; i < smear * smear; i++) {
          int at = (y + i / smear) * (width + smear) + x + i % smear;
          light[y * width + x] += noise[at] / Math.sqrt(smear);
        }
      }
    }
  }

  /** One or two families of thin lines, straight or waved, as cheques and banknotes have. */
  private void pattern(double[] light, int width) {
    for (int family = random.nextInt(2); family < 2; family++) {
      double period = 3 + 9 * random.nextDouble();
      double angle = Math.PI * random.nextDouble();
      double wave = random.nextBoolean() ? 0 : period * random.nextDouble();
      double strength = 0.2 * random.nextDouble();
      double sharpness = 1 + random.nextInt(4);
      for (int i = 0; i < light.length; i++) {
        double x = i % width;
        double y = Math.floor((double) i / width);
        double along = x * Math.cos(angle) + y * Math.sin(angle);
        double across = y * Math.cos(angle) - x * Math.sin(angle) + wave * Math.sin(along / 9);
        double line = 0.5 + 0.5 * Math.cos(2 * Math.PI * across / period);
        light[i] *= 1 - strength * Math.pow(line, sharpness);
      }
    }
  }

  /** A slope, an edge, or corners. */
  private void shadow(double[] light, int width, int height) {
    int kind = random.nextInt(3);
    double strength = 0.1 + 0.45 * random.nextDouble();
    double angle = 2 * Math.PI * random.nextDouble();
    double place = random.nextDouble() - 0.5;
    double softness = 0.01 + 0.3 * random.nextDouble() * random.nextDouble();
    for (int i = 0; i < light.length; i++) {
      double x = (i % width + 0.5) / width - 0.5;
      double y = (Math.floor((double) i / width) + 0.5) / height - 0.5;
      double along = x * Math.cos(angle) + y * Math.sin(angle);
      double dark =
          switch (kind) {
            case 0 -> along + 0.5;
            case 1 -> 1 / (1 + Math.exp(-(along - place) / softness * 2));
            default -> 2 * (x * x + y * y);
          };
      light[i] *= 1 - strength * Math.max(0, Math.min(1, dark));
    }
  }

  private GreyImage shades(double[] light, int width, int height) {
    byte[] pixels = new byte[light.length];
    boolean inverted = random.nextInt(4) == 0;
    for (int i = 0; i < pixels.length; i++) {
      int level = (int) Math.max(0, Math.min(255, Math.round(255 * light[i])));
      pixels[i] = (byte) (inverted ? 255 - level : level);
    }
    return new GreyImage(width, height, pixels);
  }
}
