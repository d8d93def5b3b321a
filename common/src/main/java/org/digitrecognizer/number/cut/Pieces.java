// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.PairReading;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.Lattice;
import org.digitrecognizer.number.cut.Groups.Group;
import org.digitrecognizer.scan.InkLayer;

/**
 * The pieces of a number's ink: its atoms, and those that lie side by side put together, as far as
 * they may be one digit, or two that touch.
 */
public final class Pieces {

  /** What is so surely one digit need not be cut. */
  private static final double PLAIN = 0.99;

  private final Slant slant;
  private final InkLayer layer;
  private final WritingLine line;
  private final Atoms atoms;
  private final Groups found;
  private final List<Group> groups;

  /** Places among the groups of those that may be two digits. */
  private final List<Integer> pairs;

  private final List<DigitImage> images;

  private Pieces(Slant slant, CutLimits limits) {
    this.slant = slant;
    this.layer = slant.upright();
    this.line = WritingLine.of(layer);
    this.atoms = Atoms.of(line, limits);
    this.found = Groups.of(line, atoms, limits);
    this.groups = found.all();
    this.pairs =
        IntStream.range(0, groups.size()).filter(i -> groups.get(i).pair()).boxed().toList();
    this.images =
        groups.stream()
            .map(group -> PieceImage.draw(slant.slanted(), slant.asWritten(group.blob()), line))
            .toList();
  }

  /** Finds the pieces of a scan, up to one more than the limit. */
  public static Pieces of(GreyImage scan, CutLimits limits) {
    InkLayer layer = InkLayer.of(scan);
    RuledLines.erase(layer);
    return new Pieces(Slant.of(layer), limits);
  }

  /** Whether there is no writing. */
  public boolean isBlank() {
    return atoms.size() == 0;
  }

  /** Returns how many pieces there are, single and joined. */
  public int count() {
    return Math.max(atoms.size(), images.size());
  }

  /** Returns what may be a digit, or two, in the form of {@link InkLayer#piece}. */
  public List<DigitImage> images() {
    return images;
  }

  /** Returns the places of the images that take no ink apart. */
  public List<Integer> uncut() {
    return IntStream.range(0, groups.size()).filter(i -> isUncut(groups.get(i))).boxed().toList();
  }

  private boolean isUncut(Group group) {
    return found.sides(group.from(), group.to()) == 0;
  }

  /**
   * Whether all ink that hangs together is one digit, or too little for any: no cut makes sense.
   *
   * @param readings of the images, null where it is not {@link #uncut}
   */
  public boolean isPlain(List<Reading> readings) {
    if (!tells(readings)) {
      return false;
    }
    Set<Integer> digits = new HashSet<>();
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      if (group.digit() && hangsTogether(group) && readings.get(i).oneDigit() >= PLAIN) {
        digits.add(group.from());
      }
    }
    for (int from = 0, to = 0; from < atoms.size(); from = to) {
      Blob blob = atoms.get(from);
      for (to = from + 1; to < atoms.size() && atoms.isCut(to - 1); to++) {
        blob = blob.with(atoms.get(to));
      }
      if (!found.isSmall(blob) && !digits.contains(from)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a group is all of a part of the ink, and nothing else. */
  private boolean hangsTogether(Group group) {
    return isUncut(group) && IntStream.range(group.from(), group.to() - 1).allMatch(atoms::isCut);
  }

  /** Whether the model tells digits from other ink. */
  private static boolean tells(List<Reading> readings) {
    return readings.stream().anyMatch(reading -> reading != null && reading.oneDigit() < 1);
  }

  /** Returns the box of a digit's ink in the scan; of one of a pair, its half of the pair's. */
  public FreeNumber.Box box(int id) {
    Blob blob = slant.asWritten(groups.get(groupOf(id)).blob());
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

  /**
   * Returns the ways to read the pieces.
   *
   * @param readings of the images; null where an image is left out
   */
  public Lattice lattice(List<Reading> readings) {
    return lattice(readings, CutScore.FITTED);
  }

  Lattice lattice(List<Reading> readings, CutScore scores) {
    boolean tells = tells(readings);
    int[] nodes = nodes();
    Lattice lattice = new Lattice(nodes[atoms.size()] + 1);
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      if (group.digit() && readings.get(i) != null) {
        Reading reading = tells ? readings.get(i) : guessed(readings.get(i));
        double score = scores.digit(reading, found.shape(group)) + found.apart(scores, group.to());
        float[] weights = scores.weights(reading.probabilities());
        lattice.addDigit(nodes[group.from()], nodes[group.to()], score, weights, i);
      }
    }
    for (int i = 0; i < atoms.size(); i++) {
      double stroke = atoms.get(i).area() / line.stroke() / line.height();
      lattice.addOther(nodes[i], nodes[i + 1], scores.mark(stroke) + found.apart(scores, i + 1));
    }
    addPairs(lattice, nodes, readings, scores);
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
      nodes[groups.get(pair).to()]++;
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
      int middle = --between[group.to()];
      int id = leftOf(i);
      Reading read = readings.get(pairs.get(i));
      if (read == null || read.pair().isEmpty()) {
        continue;
      }
      PairReading reading = read.pair().get();
      double score = scores.pair(reading, found.shape(group)) + found.apart(scores, group.to());
      lattice.addDigit(nodes[group.from()], middle, score, scores.weights(reading.left()), id);
      lattice.addDigit(middle, nodes[group.to()], 0, scores.weights(reading.right()), id + 1);
    }
  }

  /** A model that does not tell digits from other ink is at least less certain of that. */
  private static Reading guessed(Reading reading) {
    float[] probabilities = reading.probabilities();
    return Reading.of(probabilities, probabilities[reading.digit()]);
  }
}
