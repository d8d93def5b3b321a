package org.digitrecognizer.number;

import java.util.ArrayList;
import java.util.List;

/**
 * The ways to read an image's ink as a number. Nodes stand between pieces of ink, from left to
 * right; an arc is ink that is one digit, or no digit at all. A way from the first node to the last
 * is a cut, and its weight is the product of its arcs'. The digits of a number in cells are a
 * lattice with one way.
 */
public final class Lattice {

  /**
   * Ink between two nodes.
   *
   * @param from the node on its left
   * @param to the node on its right, after {@code from}
   * @param weights of the digits 0 to 9, not negative; one weight where it is no digit
   * @param id what the arc is to its maker
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares arcs.
  record Arc(int from, int to, double[] weights, int id) {

    boolean isDigit() {
      return weights.length > 1;
    }

    /** Returns the weight of the digit at a place of a number; of what is no digit its own. */
    double weightOf(String number, int place) {
      return isDigit() ? weights[number.charAt(place) - '0'] : weights[0];
    }

    double sum() {
      double sum = 0;
      for (double weight : weights) {
        sum += weight;
      }
      return sum;
    }
  }

  private final List<List<Arc>> endingAt = new ArrayList<>();

  /**
   * @param nodes at least 1
   */
  public Lattice(int nodes) {
    for (int i = 0; i < nodes; i++) {
      endingAt.add(new ArrayList<>());
    }
  }

  /** Returns the lattice of digits in cells, from left to right, each with its probabilities. */
  public static Lattice ofCells(List<float[]> probabilities) {
    Lattice cells = new Lattice(probabilities.size() + 1);
    for (int i = 0; i < probabilities.size(); i++) {
      cells.addDigit(i, i + 1, 1, probabilities.get(i), i);
    }
    return cells;
  }

  /**
   * Adds ink that may be a digit.
   *
   * @param weight of its being one digit, against all else that the ink between may be
   * @param probabilities of the digits 0 to 9
   * @param id 0 or more, told again of the digits of a number
   */
  public void addDigit(int from, int to, double weight, float[] probabilities, int id) {
    double[] weights = new double[probabilities.length];
    for (int digit = 0; digit < weights.length; digit++) {
      weights[digit] = weight * probabilities[digit];
    }
    endingAt.get(to).add(new Arc(from, to, weights, id));
  }

  /** Adds ink that may be no digit: a point, a dash, a speck. */
  public void addOther(int from, int to, double weight) {
    endingAt.get(to).add(new Arc(from, to, new double[] {weight}, -1));
  }

  int nodes() {
    return endingAt.size();
  }

  List<Arc> endingAt(int node) {
    return endingAt.get(node);
  }

  /** Whether there is one way to cut the ink, so that no two ways have the same digits. */
  boolean hasOneWay() {
    return endingAt.stream().allMatch(arcs -> arcs.size() <= 1);
  }

  /** Returns, for each node, the weight of all ways from the first to it, whatever the digits. */
  double[] sumsFromLeft() {
    double[] sums = new double[nodes()];
    sums[0] = 1;
    for (int node = 1; node < sums.length; node++) {
      for (Arc arc : endingAt(node)) {
        sums[node] += sums[arc.from] * arc.sum();
      }
    }
    return sums;
  }
}
