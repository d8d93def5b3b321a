package org.digitrecognizer.scan.normalise;

import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.Outcome;

/** What one thread needs to normalise scan after scan: the steps, and arrays that they reuse. */
public final class Workbench {

  /** Longer scans are shrunk before anything is looked for. */
  private static final int MOST_SIDE = 1024;

  /** A digit that is smaller than this after shrinking is cut out of the scan as it was. */
  private static final int ENOUGH_DETAIL = 100;

  /** What to exclusive-or pixels with so that 0 is paper: ink is light, or dark. */
  private static final int[] FLIPS = {0, 0xff};

  private final InkFinder inkFinder = new InkFinder();
  private final Components components = new Components();
  private final InkSelection selection = new InkSelection();
  private final DigitBox digitBox = new DigitBox();
  private byte[] ink = new byte[0];

  public Outcome<DigitImage> normalise(GreyImage scan) {
    for (int flip : FLIPS) {
      if (MnistForm.matches(scan, flip)) {
        return Outcome.ok(DigitImage.of(MnistForm.pixels(scan, flip)));
      }
    }
    int factor = (Math.max(scan.width(), scan.height()) + MOST_SIDE - 1) / MOST_SIDE;
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
    int width = scan.width();
    int height = scan.height();
    if (ink.length < width * height) {
      ink = new byte[width * height];
    }
    if (!inkFinder.find(scan.pixels(), width, height, ink)) {
      return blank();
    }
    components.find(ink, width, height, InkSelection.LEVEL);
    return switch (selection.select(components, ink, width, height)) {
      case NONE -> blank();
      case SEVERAL -> several();
      case ONE -> Outcome.ok(DigitImage.of(fit(width, height)));
    };
  }

  private byte[] fit(int width, int height) {
    selection.takeInFaintEdge(ink, width, height);
    selection.findEdges(ink, width);
    return digitBox.fit(
        ink, width, height, selection.from[0], selection.from[1], selection.to[0], selection.to[1]);
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
