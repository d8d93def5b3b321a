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
  private static final int MOST_SIDE = 1024;

  /** A digit that is smaller than this after shrinking is cut out of the scan as it was. */
  private static final int ENOUGH_DETAIL = 100;

  /** On paper made even, ink stands out by this many times the noise, which was made even too. */
  private static final double LEAST_UNEVEN_SIGNAL = 7;

  /** How far a stroke's soft edge reaches, in sides of the digit: a pixel of 20. */
  private static final double STROKE_EDGE = 1.0 / 20;

  /** What to exclusive-or pixels with so that 0 is paper: ink is light, or dark. */
  private static final int[] FLIPS = {0, 0xff};

  private final InkFinder inkFinder = new InkFinder();
  private final Components components = new Components();
  private final InkSelection selection = new InkSelection();
  private final RuledLines ruledLines = new RuledLines();
  private final PenStroke penStroke = new PenStroke();
  private final DigitBox digitBox = new DigitBox();
  private byte[] ink = new byte[0];
  private byte[] nearInk = new byte[0];

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
    if (ink.length < scan.pixels().length) {
      ink = new byte[scan.pixels().length];
    }
    return switch (select(scan)) {
      case NONE -> blank();
      case SEVERAL -> several();
      case ONE -> Outcome.ok(DigitImage.of(fit(scan.width(), scan.height())));
    };
  }

  /**
   * Takes the paper to be even first: to look for its level place by place costs more, and takes
   * the ends of strokes for paper where they meet the scan's sides.
   */
  private InkSelection.Kind select(GreyImage scan) {
    InkSelection.Kind kind = select(scan, false);
    if (kind == InkSelection.Kind.NONE) {
      return select(scan, true);
    }
    if (!selection.shade) {
      return kind;
    }
    // What was found beside the shade is taken after all if nothing better comes of it.
    boolean better = select(scan, true) == InkSelection.Kind.ONE;
    return better ? InkSelection.Kind.ONE : select(scan, false);
  }

  private InkSelection.Kind select(GreyImage scan, boolean uneven) {
    int width = scan.width();
    int height = scan.height();
    if (!inkFinder.find(scan.pixels(), width, height, uneven, ink)
        || (uneven && inkFinder.signal < LEAST_UNEVEN_SIGNAL)) {
      return InkSelection.Kind.NONE;
    }
    components.find(ink, width, height, InkSelection.LEVEL);
    int all = components.inkedPixels();
    if (ruledLines.erase(components, ink, width, height)) {
      components.find(ink, width, height, InkSelection.LEVEL);
    }
    InkSelection.Kind kind = selection.select(components, ink, width, height);
    int digit = InkSelection.largest(components);
    if (kind == InkSelection.Kind.NONE) {
      return kind;
    }
    int others = all - components.area[digit];
    boolean drawn = penStroke.drew(components, digit, others, inkFinder.signal, width, height);
    return drawn ? kind : InkSelection.Kind.NONE;
  }

  private byte[] fit(int width, int height) {
    if (inkFinder.textured) {
      wipePaper(width, height);
    }
    selection.takeInFaintEdge(ink, width, height);
    selection.findEdges(ink, width);
    return digitBox.fit(
        ink, width, height, selection.from[0], selection.from[1], selection.to[0], selection.to[1]);
  }

  /** Wipes what is not near the digit's strokes: the texture of the paper. */
  private void wipePaper(int width, int height) {
    int n = width * height;
    if (nearInk.length < n) {
      nearInk = new byte[n];
    }
    Arrays.fill(nearInk, 0, n, (byte) 0);
    int side = Math.max(selection.right - selection.left, selection.bottom - selection.top) + 1;
    components.mark((int) Math.ceil(side * STROKE_EDGE), nearInk, width, height);
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
