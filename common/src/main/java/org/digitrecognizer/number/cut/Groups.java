// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import java.util.ArrayList;
import java.util.List;

/** Which atoms that lie side by side may be one digit, or two that touch. */
final class Groups {

  /** So many pieces side by side are one digit at most. */
  private static final int MOST_JOINED = 9;

  /** So many pieces side by side are two digits at most. */
  private static final int MOST_JOINED_PAIR = 16;

  /** A digit is no wider and no taller than this, in digits' heights. */
  private static final double WIDEST = 1.7;

  /** Two digits that touch are no narrower and no wider than this. */
  private static final double NARROWEST_PAIR = 0.5;

  private static final double WIDEST_PAIR = 2.6;

  private static final double TALLEST = 2.6;

  /** What is one digit has no wider gap, in digits' heights. */
  private static final double WIDEST_GAP = 0.3;

  /** A digit has a stroke of at least this length, in digits' heights. */
  private static final double LEAST_STROKE = 0.5;

  /** A stroke of two digits is no wider and no lower than this, in digits' heights. */
  private static final double WIDEST_SHARED = 0.35;

  private static final double LOWEST_SHARED = 0.3;

  /** A digit has at least this height, in digits' heights. */
  private static final double LOWEST = 0.3;

  /** What scores less as any digit is not read: few numbers have such digits. */
  private static final double LEAST_LIKELY = -8;

  private final WritingLine line;
  private final Atoms atoms;
  private final List<Group> all = new ArrayList<>();

  /**
   * Atoms that may be one digit, or two.
   *
   * @param to the one after the last
   * @param blob their ink, and that of the next where it is a stroke of both digits
   * @param digit whether they may be one
   * @param pair whether they may be two
   */
  record Group(int from, int to, Blob blob, boolean digit, boolean pair) {}

  private Groups(WritingLine line, Atoms atoms) {
    this.line = line;
    this.atoms = atoms;
  }

  /** Groups the atoms of a line, up to one group more than the limit of pieces. */
  static Groups of(WritingLine line, Atoms atoms, CutLimits limits) {
    Groups groups = new Groups(line, atoms);
    groups.group(limits);
    return groups;
  }

  /** Returns all groups, from left to right. */
  List<Group> all() {
    return all;
  }

  private void group(CutLimits limits) {
    for (int from = 0; from < atoms.size() && atoms.size() <= limits.pieces(); from++) {
      Blob blob = null;
      boolean touching = true;
      for (int to = from + 1; to <= Math.min(atoms.size(), from + MOST_JOINED_PAIR); to++) {
        Blob next = atoms.get(to - 1);
        boolean apart = blob != null && -blob.overlap(next) > WIDEST_GAP * line.height();
        touching &= blob == null || atoms.isCut(to - 2);
        blob = blob == null ? next : blob.with(next);
        boolean one = to - from <= MOST_JOINED && blob.width() <= WIDEST * line.height();
        if (apart || !(one || (touching && blob.width() <= WIDEST_PAIR * line.height()))) {
          break;
        }
        add(from, to, blob, one, touching);
        if (one && isShared(to)) {
          add(from, to, blob.with(atoms.get(to)), true, touching);
        }
        if (all.size() > limits.pieces()) {
          return;
        }
      }
    }
  }

  private void add(int from, int to, Blob blob, boolean one, boolean touching) {
    if (isSmall(blob) || blob.height() > TALLEST * line.height()) {
      return;
    }
    boolean pair = touching && blob.width() >= NARROWEST_PAIR * line.height();
    Group group = new Group(from, to, blob, one, pair);
    boolean digit = one && mostLikely(group) > LEAST_LIKELY;
    if (digit || pair) {
      all.add(new Group(from, to, blob, digit, pair));
    }
  }

  /**
   * Whether an atom may be a stroke of two digits: of noughts in a chain, one's end is the next's.
   */
  private boolean isShared(int atom) {
    boolean between = atom < atoms.size() - 1 && atoms.isCut(atom - 1) && atoms.isCut(atom);
    return between
        && atoms.get(atom).width() <= WIDEST_SHARED * line.height()
        && atoms.get(atom).height() >= LOWEST_SHARED * line.height();
  }

  /** Whether ink is too little for a digit. */
  boolean isSmall(Blob blob) {
    double height = line.height();
    return blob.height() < LOWEST * height || blob.area() < LEAST_STROKE * height * line.stroke();
  }

  /** Scores a group as the digit whose shape it has, with the costlier of the cuts beside it. */
  private double mostLikely(Group group) {
    CutScore scores = CutScore.FITTED;
    double before = group.from == 0 ? 0 : apart(scores, group.from);
    return scores.likeliest(shape(group)) + Math.min(before, apart(scores, group.to));
  }

  CutScore.Shape shape(Group group) {
    double unit = line.height();
    return new CutScore.Shape(
        group.blob.width() / unit,
        group.blob.height() / unit,
        (line.bottom() - group.blob.bottom) / unit,
        sides(group.from, group.to));
  }

  /** Returns how many of the two sides of some atoms are cuts through ink. */
  int sides(int from, int to) {
    return (from > 0 && atoms.isCut(from - 1) ? 1 : 0) + (atoms.isCut(to - 1) ? 1 : 0);
  }

  /** Scores the place before a node. */
  double apart(CutScore scores, int node) {
    if (!atoms.isCut(node - 1)) {
      return 0;
    }
    Cut cut = atoms.cut(node - 1);
    return scores.cut(cut.span() / line.height(), cut.goesThroughPaper());
  }
}
