// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import java.util.List;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.number.cut.Pieces;
import org.digitrecognizer.scan.Outcome;

/**
 * A number that is written freely on an image, taken to pieces: where to cut and what the digits
 * are is one decision, which the lattice leaves to the number's rule.
 */
public final class FreeNumber {

  private final Pieces pieces;

  private FreeNumber(Pieces pieces) {
    this.pieces = pieces;
  }

  /**
   * Box around a digit, in pixels of the scan.
   *
   * @param left its first column
   * @param top its first row
   * @param width at least 1
   * @param height at least 1
   */
  public record Box(int left, int top, int width, int height) {}

  /**
   * Takes the ink of a scan to pieces.
   *
   * @return the pieces; or BLANK, or TOO_LARGE if there are more than the limits allow
   */
  public static Outcome<FreeNumber> of(GreyImage scan, CutLimits limits) {
    if ((long) scan.width() * scan.height() > limits.pixels()) {
      return Outcome.rejected(
          Reason.TOO_LARGE,
          "The image of a number has more than the limit of " + limits.pixels() + " pixels");
    }
    Pieces pieces = Pieces.of(scan, limits);
    if (pieces.isBlank()) {
      return Outcome.rejected(Reason.BLANK, "No ink was found on the scan");
    }
    if (pieces.count() > limits.pieces()) {
      return Outcome.rejected(
          Reason.TOO_LARGE,
          "The ink can be cut into more than the limit of " + limits.pieces() + " pieces");
    }
    return Outcome.ok(new FreeNumber(pieces));
  }

  /** Returns what may be a digit, for the network to read. */
  public List<DigitImage> images() {
    return pieces.images();
  }

  /** Returns the places of the images that take no ink apart. */
  public List<Integer> uncut() {
    return pieces.uncut();
  }

  /**
   * Whether each part of the ink is surely one digit, or too little for any: the other images need
   * not be read.
   *
   * @param readings of all images, in their order; null where it is not {@link #uncut}
   */
  public boolean isPlain(List<Reading> readings) {
    return pieces.isPlain(readings);
  }

  /**
   * Returns the box of a digit.
   *
   * @param id as the {@link #lattice} tells it
   */
  public Box box(int id) {
    return pieces.box(id);
  }

  /**
   * Returns what the network makes of the ink of a digit.
   *
   * @param id as the {@link #lattice} tells it
   * @param readings of all images, in their order
   */
  public Reading reading(int id, List<Reading> readings) {
    return pieces.reading(id, readings);
  }

  /**
   * Returns which share of all ways to read the number goes through each image, 0..1.
   *
   * @param readings of all images, in their order; null where an image is left out
   */
  public double[] shares(List<Reading> readings) {
    return pieces.shares(readings);
  }

  /**
   * Returns the ways to read the number.
   *
   * @param readings of all images, in their order; null where an image is left out
   */
  public Lattice lattice(List<Reading> readings) {
    return pieces.lattice(readings);
  }
}
