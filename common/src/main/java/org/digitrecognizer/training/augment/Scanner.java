// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import java.util.Optional;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanNormaliser;

/**
 * Scans ink on paper, and normalises the scan as scoring does: what is trained on is what will be
 * read.
 */
final class Scanner {

  /** Share of scans that are blurred, and of those whose edges are made hard. */
  private static final double BLURRED = 0.25;

  private static final double HARD = 0.4;

  /** Times as steep as the ink's edges were. */
  private static final double MOST_HARD = 4;

  /** The least and the most levels between paper and ink. */
  private static final double LEAST_CONTRAST = 60;

  private static final double MOST_CONTRAST = 235;

  /** Share of noisy scans, and how far noise may lie off, as a part of the contrast. */
  private static final double NOISY = 0.4;

  private static final double MOST_NOISE = 0.16;

  /** Share of the noisy ones whose noise has a grain of two pixels. */
  private static final double GRAINY = 0.4;

  private final ScanNormaliser normaliser = new ScanNormaliser();

  /** Returns a scan of clean paper in MNIST's form, if the normaliser takes it for one digit. */
  Optional<DigitImage> clean(Canvas ink) {
    byte[] pixels = new byte[ink.ink.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (255 - Math.round(255 * ink.ink[i]));
    }
    return normalise(new GreyImage(ink.width, ink.height, pixels));
  }

  /** The same of a scan as offices make them. */
  Optional<DigitImage> rough(Canvas ink, Chance chance) {
    if (chance.is(BLURRED)) {
      blur(ink, chance.between(0.2, 1));
    }
    double gain = chance.is(HARD) ? chance.between(1, MOST_HARD) : 1;
    double contrast = chance.between(LEAST_CONTRAST, MOST_CONTRAST);
    double noise = chance.is(NOISY) ? chance.between(0, MOST_NOISE) * contrast : 0;
    int grain = chance.is(GRAINY) ? 2 : 1;
    double paper = contrast + noise + chance.between(0, 255 - contrast - noise);
    byte[] pixels = new byte[ink.ink.length];
    double[] speck = new double[(ink.width / grain + 1) * (ink.height / grain + 1)];
    for (int i = 0; i < speck.length; i++) {
      speck[i] = noise == 0 ? 0 : chance.around(noise / 2);
    }
    for (int i = 0; i < pixels.length; i++) {
      double level = Math.max(0, Math.min(1, (ink.ink[i] - 0.5) * gain + 0.5));
      int place = i / ink.width / grain * (ink.width / grain + 1) + i % ink.width / grain;
      double shade = paper - contrast * level + speck[place];
      pixels[i] = (byte) Math.rint(Math.max(0, Math.min(255, shade)));
    }
    return normalise(new GreyImage(ink.width, ink.height, pixels));
  }

  private Optional<DigitImage> normalise(GreyImage scan) {
    return normaliser.normalise(scan) instanceof Outcome.Ok<DigitImage> ok
        ? Optional.of(ok.value())
        : Optional.empty();
  }

  /** Mixes each pixel with the mean of the four beside it. */
  private static void blur(Canvas canvas, double share) {
    float[] before = canvas.ink.clone();
    int width = canvas.width;
    float part = (float) (share / 5);
    for (int y = 0; y < canvas.height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        float left = before[x > 0 ? i - 1 : i];
        float right = before[x < width - 1 ? i + 1 : i];
        float above = before[y > 0 ? i - width : i];
        float below = before[y < canvas.height - 1 ? i + width : i];
        canvas.ink[i] = (1 - 4 * part) * before[i] + part * (left + right + above + below);
      }
    }
  }
}
