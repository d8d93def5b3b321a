// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import java.util.SplittableRandom;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.LabelledDigit;

/** How one person writes with one pen: slant, size, width, and how thick the strokes are. */
public final class Hand {

  private final Warp warp;
  private final double pen;

  Hand(Warp warp, double pen) {
    this.warp = warp;
    this.pen = pen;
  }

  /**
   * Draws how somebody writes.
   *
   * @param scale pixels of what is written a pixel of MNIST, whose digits are 20 pixels high
   */
  public static Hand any(double scale, SplittableRandom random) {
    Chance chance = new Chance(random);
    return new Hand(new Warp(scale, 1, chance), Strokes.amount(chance));
  }

  /**
   * Writes a digit.
   *
   * @return its ink and no paper around it, 0 = paper and 255 = ink; as MNIST has it where this
   *     hand would leave nothing of it
   * @throws IllegalArgumentException if the digit has no ink
   */
  public GreyImage write(LabelledDigit digit, SplittableRandom random) {
    Canvas written = draw(digit, new Chance(random));
    if (Extent.of(written) == null) {
      written = Canvas.of(digit.image());
    }
    Extent extent = Extent.of(written);
    if (extent == null) {
      throw new IllegalArgumentException("A digit without ink cannot be written");
    }
    byte[] pixels = new byte[extent.width() * extent.height()];
    for (int i = 0; i < pixels.length; i++) {
      int x = extent.left() + i % extent.width();
      int y = extent.top() + i / extent.width();
      pixels[i] = (byte) Math.round(255 * Math.min(1, written.at(x, y)));
    }
    return new GreyImage(extent.width(), extent.height(), pixels);
  }

  /** Draws a digit on a canvas that holds all of it. */
  Canvas draw(LabelledDigit digit, Chance chance) {
    Canvas written = Canvas.of(digit.image());
    Strokes.change(written, pen);
    if (Extent.of(written) == null) {
      return warp.draw(Canvas.of(digit.image()));
    }
    Styles.write(written, digit.label(), chance);
    return warp.draw(written);
  }
}
