// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The parts of a line's ink, taken apart at all cuts, from left to right. */
final class Atoms {

  /** Parts that share so much of the narrower one's width lie one above the other. */
  private static final double STACKED = 0.7;

  /** Only what is smaller than this, in digits' heights, belongs to what it lies above or below. */
  private static final double SMALL = 0.45;

  private final List<Blob> blobs = new ArrayList<>();

  /** Where an atom is cut from the next; null where it need not be. */
  private final List<Cut> cuts = new ArrayList<>();

  private Atoms() {}

  /** Takes the ink of a line apart, at no more cuts than the limit: those through least ink. */
  static Atoms of(WritingLine line, CutLimits limits) {
    Atoms atoms = new Atoms();
    List<Blob> blobs = stacked(line);
    List<List<Cut>> found = blobs.stream().map(blob -> Cut.of(blob, line)).toList();
    int worst =
        found.stream()
            .flatMap(List::stream)
            .map(Cut::crossed)
            .sorted()
            .skip(limits.cuts())
            .findFirst()
            .orElse(Integer.MAX_VALUE);
    for (int i = 0; i < blobs.size(); i++) {
      List<Cut> kept =
          found.get(i).stream()
              .filter(cut -> cut.crossed() < worst)
              .sorted(Comparator.comparingDouble(Cut::middle))
              .toList();
      List<Blob> pieces = blobs.get(i).pieces(kept);
      for (int j = 0; j < pieces.size(); j++) {
        atoms.blobs.add(pieces.get(j));
        boolean last = j == pieces.size() - 1;
        atoms.cuts.add(last ? null : kept.get(Math.min(j, kept.size() - 1)));
      }
    }
    return atoms;
  }

  /** Puts small parts to what they lie above or below: the bar of a 5, the other dash of an =. */
  private static List<Blob> stacked(WritingLine line) {
    List<Blob> whole = new ArrayList<>();
    for (Blob blob : line.blobs()) {
      int at = whole.size() - 1;
      if (at >= 0 && areOne(whole.get(at), blob, line)) {
        whole.set(at, whole.get(at).with(blob));
      } else {
        whole.add(blob);
      }
    }
    return whole;
  }

  private static boolean areOne(Blob a, Blob b, WritingLine line) {
    Blob smaller = a.area() < b.area() ? a : b;
    Blob larger = smaller == a ? b : a;
    boolean inside = a.overlap(b) >= STACKED * Math.min(a.width(), b.width());
    boolean foot = smaller.bottom > line.bottom() - 0.15 * line.height();
    boolean dashes = larger.height() < SMALL * line.height();
    return inside && smaller.height() < SMALL * line.height() && (!foot || dashes);
  }

  int size() {
    return blobs.size();
  }

  Blob get(int atom) {
    return blobs.get(atom);
  }

  /** Whether an atom has to be cut from the next. */
  boolean isCut(int atom) {
    return cuts.get(atom) != null;
  }

  /** Returns where an atom is cut from the next. */
  Cut cut(int atom) {
    return cuts.get(atom);
  }
}
