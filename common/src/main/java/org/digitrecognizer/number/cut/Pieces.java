// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import java.util.ArrayList;
import java.util.List;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.PairReading;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.Lattice;
import org.digitrecognizer.scan.InkLayer;

/**
 * The pieces of a number's ink: its atoms, and those that lie side by side put together, as far as
 * they may be one digit, or two that touch.
 */
public final class Pieces {

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

  private final Slant slant;
  private final InkLayer layer;
  private final WritingLine line;
  private final Atoms atoms;
  private final List<Group> groups = new ArrayList<>();

  /** Places among the groups of those that may be two digits. */
  private final List<Integer> pairs = new ArrayList<>();

  private final List<DigitImage> images = new ArrayList<>();

  /**
   * Atoms that may be one digit, or two.
   *
   * @param to the one after the last
   * @param blob their ink, and that of the next where it is a stroke of both digits
   * @param digit whether they may be one
   */
  private record Group(int from, int to, Blob blob, boolean digit) {}

  private Pieces(Slant slant, CutLimits limits) {
    this.slant = slant;
    this.layer = slant.upright();
    this.line = WritingLine.of(layer);
    this.atoms = Atoms.of(line, limits);
  }

  /** Finds the pieces of a scan, up to one more than the limit. */
  public static Pieces of(GreyImage scan, CutLimits limits) {
    InkLayer layer = InkLayer.of(scan);
    RuledLines.erase(layer);
    Pieces pieces = new Pieces(Slant.of(layer), limits);
    pieces.group(limits);
    return pieces;
  }

  /** Whether there is no writing. */
  public boolean isBlank() {
    return atoms.size() == 0;
  }

  /** Returns how many pieces there are, single and joined. */
  public int count() {
    return Math.max(atoms.size(), images.size());
  }

  /** Returns what may be a digit, in MNIST's form. */
  public List<DigitImage> images() {
    return images;
  }

  /** Returns the box of a digit's ink in the scan; of one of a pair, its half of the pair's. */
  public FreeNumber.Box box(int id) {
    Blob blob = slant.asWritten(groups.get(groupOf(id)).blob);
    int factor = layer.factor();
    int left = blob.left * factor;
    int width = blob.width() * factor;
    if (isOfPair(id)) {
      int half = Math.max(1, width / 2);
      left += isRight(id) ? width - half : 0;
      width = half;
    }
    return new FreeNumber.Box(left, blob.top * factor, width, blob.height() * factor);
  }

  /** Returns what the network makes of a digit's ink. */
  public Reading reading(int id, List<Reading> readings) {
    Reading reading = readings.get(groupOf(id));
    if (!isOfPair(id)) {
      return reading;
    }
    PairReading pair = reading.pair().orElseThrow();
    return Reading.of(isRight(id) ? pair.right() : pair.left(), pair.probability());
  }

  /** Behind the numbers of the groups, two for each pair are those of its digits. */
  private int leftOf(int pair) {
    return groups.size() + 2 * pair;
  }

  private boolean isOfPair(int id) {
    return id >= groups.size();
  }

  private boolean isRight(int id) {
    return (id - groups.size()) % 2 == 1;
  }

  private int groupOf(int id) {
    return isOfPair(id) ? pairs.get((id - groups.size()) / 2) : id;
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
        if (images.size() > limits.pieces()) {
          return;
        }
      }
    }
  }

  private void add(int from, int to, Blob blob, boolean one, boolean touching) {
    if (!mayBeDigit(blob)) {
      return;
    }
    Group group = new Group(from, to, blob, one);
    boolean digit = one && mostLikely(group) > LEAST_LIKELY;
    boolean pair = touching && blob.width() >= NARROWEST_PAIR * line.height();
    if (pair) {
      pairs.add(groups.size());
    }
    if (digit || pair) {
      groups.add(new Group(from, to, blob, digit));
      images.add(PieceImage.draw(slant.slanted(), slant.asWritten(blob), line));
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

  private boolean mayBeDigit(Blob blob) {
    double height = line.height();
    return blob.height() >= LOWEST * height
        && blob.height() <= TALLEST * height
        && blob.area() >= LEAST_STROKE * height * line.stroke();
  }

  /**
   * Returns the ways to read the pieces.
   *
   * @param readings of the images
   */
  public Lattice lattice(List<Reading> readings) {
    return lattice(readings, CutScore.FITTED);
  }

  Lattice lattice(List<Reading> readings, CutScore scores) {
    boolean tells = readings.stream().anyMatch(reading -> reading.oneDigit() < 1);
    boolean pairsRead = !readings.isEmpty() && readings.get(0).pair().isPresent();
    int[] nodes = nodes();
    Lattice lattice = new Lattice(nodes[atoms.size()] + 1);
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      if (group.digit) {
        Reading reading = tells ? readings.get(i) : guessed(readings.get(i));
        double score = scores.digit(reading, shape(group)) + apart(scores, group.to);
        float[] weights = scores.weights(reading.probabilities());
        lattice.addDigit(nodes[group.from], nodes[group.to], score, weights, i);
      }
    }
    for (int i = 0; i < atoms.size(); i++) {
      double stroke = atoms.get(i).area() / line.stroke() / line.height();
      lattice.addOther(nodes[i], nodes[i + 1], scores.mark(stroke) + apart(scores, i + 1));
    }
    if (pairsRead) {
      addPairs(lattice, nodes, readings, scores);
    }
    return lattice;
  }

  /** Returns which share of all ways goes through each image, as one digit or as two. */
  public double[] shares(List<Reading> readings) {
    double[] ofArcs = lattice(readings).shares(leftOf(pairs.size()));
    double[] shares = new double[groups.size()];
    for (int id = 0; id < ofArcs.length; id++) {
      if (!isOfPair(id) || !isRight(id)) {
        shares[groupOf(id)] += ofArcs[id];
      }
    }
    return shares;
  }

  /**
   * Returns the node before each atom and behind the last. Before it come the nodes between the
   * digits of the pairs that end there; no way leads there where the network reads no pairs.
   */
  private int[] nodes() {
    int[] nodes = new int[atoms.size() + 1];
    for (int pair : pairs) {
      nodes[groups.get(pair).to]++;
    }
    for (int i = 1; i < nodes.length; i++) {
      nodes[i] += nodes[i - 1] + 1;
    }
    return nodes;
  }

  private void addPairs(Lattice lattice, int[] nodes, List<Reading> readings, CutScore scores) {
    int[] between = nodes.clone();
    for (int i = 0; i < pairs.size(); i++) {
      Group group = groups.get(pairs.get(i));
      PairReading reading = readings.get(pairs.get(i)).pair().orElseThrow();
      double score = scores.pair(reading, shape(group)) + apart(scores, group.to);
      int middle = --between[group.to];
      int id = leftOf(i);
      lattice.addDigit(nodes[group.from], middle, score, scores.weights(reading.left()), id);
      lattice.addDigit(middle, nodes[group.to], 0, scores.weights(reading.right()), id + 1);
    }
  }

  /** A model that does not tell digits from other ink is at least less certain of that. */
  private static Reading guessed(Reading reading) {
    float[] probabilities = reading.probabilities();
    return Reading.of(probabilities, probabilities[reading.digit()]);
  }

  /** Scores a group as the digit whose shape it has, with the costlier of the cuts beside it. */
  private double mostLikely(Group group) {
    CutScore scores = CutScore.FITTED;
    double before = group.from == 0 ? 0 : apart(scores, group.from);
    return scores.likeliest(shape(group)) + Math.min(before, apart(scores, group.to));
  }

  private CutScore.Shape shape(Group group) {
    double unit = line.height();
    return new CutScore.Shape(
        group.blob.width() / unit,
        group.blob.height() / unit,
        (line.bottom() - group.blob.bottom) / unit,
        sides(group.from, group.to));
  }

  private int sides(int from, int to) {
    return (from > 0 && atoms.isCut(from - 1) ? 1 : 0) + (atoms.isCut(to - 1) ? 1 : 0);
  }

  /** Scores the place before a node. */
  private double apart(CutScore scores, int node) {
    if (!atoms.isCut(node - 1)) {
      return 0;
    }
    Cut cut = atoms.cut(node - 1);
    return scores.cut(cut.span() / line.height(), cut.goesThroughPaper());
  }
}
