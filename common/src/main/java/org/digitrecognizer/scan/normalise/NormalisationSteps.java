// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import java.util.Arrays;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.Outcome;

/**
 * The steps from a scan to a digit, and the arrays that they reuse from scan to scan: one thread's.
 */
public final class NormalisationSteps {

  /** Longer scans are shrunk before anything is looked for. */
  static final int MOST_SIDE = 1024;

  /** A digit that is smaller than this after shrinking is cut out of the scan as it was. */
  private static final int ENOUGH_DETAIL = 100;

  /** How far a stroke's soft edge reaches, in sides of the digit: a pixel of 20. */
  private static final double STROKE_EDGE = 1.0 / 20;

  /** What to exclusive-or pixels with so that 0 is paper: ink is light, or dark. */
  private static final int[] FLIPS = {0, 0xff};

  private final InkSearch search = new InkSearch();
  private final InkSelection selection = search.selection;
  private final DigitBox digitBox = new DigitBox(DigitBox.BOX);
  private byte[] nearInk = new byte[0];

  public Outcome<DigitImage> normalise(GreyImage scan) {
    for (int flip : FLIPS) {
      if (MnistForm.matches(scan, flip)) {
        return Outcome.ok(DigitImage.of(MnistForm.pixels(scan, flip)));
      }
    }
    int factor = Shrinking.factor(scan, MOST_SIDE);
    if (factor == 1) {
      return normaliseSmall(scan);
    }
    Outcome<DigitImage> outcome = normaliseSmall(Shrinking.by(scan, factor));
    int side = Math.max(selection.right - selection.left, selection.bottom - selection.top) + 1;
    if (outcome instanceof Outcome.Ok && side < ENOUGH_DETAIL) {
      return normaliseSmall(cutOut(scan, factor, side / 3));
    }
    return outcome;
  }

  /** The digit as it was before shrinking, and some paper around it. */
  private GreyImage cutOut(GreyImage scan, int factor, int margin) {
    int left = Math.max(0, (selection.left - margin) * factor);
    int top = Math.max(0, (selection.top - margin) * factor);
    int right = Math.min(scan.width(), (selection.right + 1 + margin) * factor);
    int bottom = Math.min(scan.height(), (selection.bottom + 1 + margin) * factor);
    return Shrinking.cut(scan, left, top, right, bottom);
  }

  private Outcome<DigitImage> normaliseSmall(GreyImage scan) {
    return switch (search.search(scan)) {
      case NONE -> blank();
      case SEVERAL -> several();
      case ONE -> Outcome.ok(DigitImage.of(fit(scan.width(), scan.height())));
    };
  }

  private byte[] fit(int width, int height) {
    byte[] ink = search.ink();
    if (search.isPatterned()) {
      wipePaper(ink, width, height);
    }
    selection.takeInFaintEdge(ink, width, height);
    selection.findEdges(ink, width);
    return digitBox.fit(
        ink, width, height, selection.from[0], selection.from[1], selection.to[0], selection.to[1]);
  }

  /** Wipes what is not near the digit's strokes: the texture of the paper, and shade. */
  private void wipePaper(byte[] ink, int width, int height) {
    int n = width * height;
    if (nearInk.length < n) {
      nearInk = new byte[n];
    }
    Arrays.fill(nearInk, 0, n, (byte) 0);
    int side = Math.max(selection.right - selection.left, selection.bottom - selection.top) + 1;
    search.parts.mark((int) Math.ceil(side * STROKE_EDGE), nearInk, width, height);
    for (int i = 0; i < n; i++) {
      if (nearInk[i] == 0) {
        ink[i] = 0;
      }
    }
  }

  private static Outcome<DigitImage> blank() {
    return Outcome.rejected(Reason.BLANK, "No ink was found on the scan");
  }

  private Outcome<DigitImage> several() {
    String found =
        selection.figures > 3
            ? "About "
                + selection.figures
                + " figures were found: pages with many digits are not"
                + " read"
            : "The ink is more than one digit";
    return Outcome.rejected(Reason.MULTIPLE_DIGITS, found + "; a scan must show one digit alone");
  }
}
