// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import org.digitrecognizer.digit.GreyImage;

/**
 * Looks for the digit's ink on paper of one shade first, and then, if nothing or too much comes of
 * it, on paper whose shade differs from place to place. Not for two threads at once.
 */
final class InkSearch {

  /** On paper made even, ink stands out by this many times the noise, which was made even too. */
  private static final double LEAST_UNEVEN_SIGNAL = 7;

  /** And has this share of all that looks like ink there. */
  private static final double LEAST_UNEVEN_SHARE = 0.45;

  /** Strokes that meet sides of the scan fill less of their box; a net of grain fills more. */
  private static final double NET_FILL = 1.0 / 3;

  /** A net's threads are thinner than this share of its longer side. */
  private static final double NET_THREAD = 0.06;

  /** A contrast of fewer times the noise of even paper may be a net of grain. */
  private static final double NET_SIGNAL = 5;

  /**
   * Paper made even is a halo of the other shade around a stroke, of less than this part of its
   * signal.
   */
  private static final double LEAST_OTHER_SIGNAL = 0.8;

  /** From this level on, paper is in the shade or of a pattern. */
  private static final int FAINT = 16;

  /** The parts of the ink; the digit's are left. */
  final Components parts = new Components();

  /** Where the digit lies. */
  final InkSelection selection = new InkSelection();

  private final InkFinder inkFinder = new InkFinder();
  private final RuledLines ruledLines = new RuledLines();
  private final PenStroke penStroke = new PenStroke();
  private final Shade shade = new Shade();
  private final Hollow hollow = new Hollow();
  private byte[] ink = new byte[0];

  /** Pixels of all parts, those included that turned out to be none of the digit's. */
  private int inked;

  /** Returns the ink, row by row, 0 = paper to 255 = ink; longer than the scan. */
  byte[] ink() {
    return ink;
  }

  /** Whether the paper has a texture or shade that looks like faint ink. */
  boolean isPatterned() {
    return inkFinder.textured || inkFinder.faint(FAINT, InkSelection.LEVEL) > inked;
  }

  /**
   * Takes the paper to be even first: to look for its level place by place costs more, and takes
   * the ends of strokes for paper where they meet the scan's sides. Paper is uneven where ink comes
   * to a side of the scan and a part of it is no stroke.
   */
  InkSelection.Kind search(GreyImage scan) {
    if (ink.length < scan.pixels().length) {
      ink = new byte[scan.pixels().length];
    }
    InkSelection.Kind even = onEven(scan);
    if (inkFinder.ambiguous && hollow.remember(parts)) {
      if (isAround(scan)) {
        return InkSelection.Kind.ONE;
      }
      even = onEven(scan);
    }
    if (even == InkSelection.Kind.NONE) {
      return onUneven(scan, even);
    }
    boolean touches = selection.sidesTouched(scan.width(), scan.height()) > 0;
    return selection.shade || touches ? besideShade(scan, even, selection.shade) : even;
  }

  /**
   * Looks for more than what was found beside shade, or perhaps in it; that is taken after all if
   * nothing better comes of it.
   *
   * @param dropped whether shade was dropped, and with it the strokes that it hides
   */
  private InkSelection.Kind besideShade(GreyImage scan, InkSelection.Kind even, boolean dropped) {
    shade.remember(parts, scan.width(), scan.height());
    InkSelection.Kind uneven = onUneven(scan, dropped ? InkSelection.Kind.NONE : even);
    boolean isMore = dropped && uneven == InkSelection.Kind.SEVERAL;
    return isMore || uneven == InkSelection.Kind.ONE ? uneven : onEven(scan);
  }

  /** Whether ink of the other shade lies around what was found, which is a digit's hollow then. */
  private boolean isAround(GreyImage scan) {
    int width = scan.width();
    int height = scan.height();
    return inkFinder.findOther(scan.pixels(), width, height, ink)
        && inkFinder.signal >= NET_SIGNAL
        && find(width, height) == InkSelection.Kind.ONE
        && hollow.isWithin(parts, inked, width, height);
  }

  private InkSelection.Kind onEven(GreyImage scan) {
    boolean found = inkFinder.findOnEven(scan.pixels(), scan.width(), scan.height(), ink);
    InkSelection.Kind kind = found ? select(scan.width(), scan.height()) : InkSelection.Kind.NONE;
    boolean net =
        kind != InkSelection.Kind.NONE
            && inkFinder.signal < NET_SIGNAL
            && isNet(scan.width(), scan.height());
    return net ? InkSelection.Kind.NONE : kind;
  }

  /**
   * Looks for dark ink and for light. The paper between a digit's strokes is as plain as these on
   * paper that was made even for ink of the other shade, but lies in pieces that are shorter; the
   * paper around a single stroke is longer than it, but fainter. Where the ink is several digits,
   * the paper between them is none.
   *
   * @param even what was found on even paper: unless it is nothing, there must be shade in it
   */
  private InkSelection.Kind onUneven(GreyImage scan, InkSelection.Kind even) {
    boolean light = Flattener.inkIsLight(scan.pixels(), scan.width(), scan.height());
    InkSelection.Kind other = onUneven(scan, !light, even);
    double otherWhole = other == InkSelection.Kind.ONE ? wholeness() : 0;
    double otherSignal = inkFinder.signal;
    InkSelection.Kind likely = onUneven(scan, light, even);
    boolean better =
        switch (likely) {
          case NONE -> other == InkSelection.Kind.ONE;
          case ONE ->
              otherWhole > wholeness() && otherSignal >= LEAST_OTHER_SIGNAL * inkFinder.signal;
          case SEVERAL -> false;
        };
    return better ? onUneven(scan, !light, even) : likely;
  }

  private InkSelection.Kind onUneven(GreyImage scan, boolean light, InkSelection.Kind even) {
    int width = scan.width();
    int height = scan.height();
    if (!inkFinder.findOnUneven(scan.pixels(), width, height, light, ink)
        || inkFinder.signal < LEAST_UNEVEN_SIGNAL) {
      return InkSelection.Kind.NONE;
    }
    InkSelection.Kind kind = select(width, height);
    if (kind == InkSelection.Kind.ONE && !isPlain(even, width, height)) {
      return InkSelection.Kind.NONE;
    }
    return kind;
  }

  /** Whether the digit stands out from uneven paper without doubt. */
  private boolean isPlain(InkSelection.Kind even, int width, int height) {
    if (even == InkSelection.Kind.NONE) {
      return share() >= LEAST_UNEVEN_SHARE && !fillsItsSides(width, height);
    }
    boolean several = even == InkSelection.Kind.SEVERAL;
    return selection.sidesTouched(width, height) == 0
        && shade.isBeside(parts, several, width, height);
  }

  /** Whether the digit meets sides of the scan, and fills its box as a net does. */
  private boolean fillsItsSides(int width, int height) {
    return selection.sidesTouched(width, height) > 1
        && parts.fill(InkSelection.largest(parts)) > NET_FILL;
  }

  private boolean isNet(int width, int height) {
    int digit = InkSelection.largest(parts);
    return fillsItsSides(width, height)
        && parts.strokeWidth(digit) < NET_THREAD * parts.longerSide(digit);
  }

  /** How much of all ink the digit's largest part has. */
  private double share() {
    return (double) parts.area[InkSelection.largest(parts)] / inked;
  }

  /** How long the digit is, and the less the more other ink there was. */
  private double wholeness() {
    return share() * share() * parts.longerSide(InkSelection.largest(parts));
  }

  private InkSelection.Kind select(int width, int height) {
    InkSelection.Kind kind = find(width, height);
    if (kind == InkSelection.Kind.NONE) {
      return kind;
    }
    int digit = InkSelection.largest(parts);
    int others = inked - parts.area[digit];
    boolean drawn = penStroke.drew(parts, digit, others, inkFinder.signal, width, height);
    return drawn ? kind : InkSelection.Kind.NONE;
  }

  private InkSelection.Kind find(int width, int height) {
    parts.find(ink, width, height, InkSelection.LEVEL);
    inked = parts.inkedPixels();
    if (ruledLines.erase(parts, ink, width, height)) {
      parts.find(ink, width, height, InkSelection.LEVEL);
    }
    return selection.select(parts, ink, inkFinder.signal, width, height);
  }
}
