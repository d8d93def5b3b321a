// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import java.util.ArrayList;
import java.util.Arrays;
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
   * @param score logarithm of what all weights are multiplied with; 0 once they are normalised
   * @param weights of the digits 0 to 9, not negative; one weight where it is no digit
   * @param id what the arc is to its maker
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares arcs.
  record Arc(int from, int to, double score, double[] weights, int id) {

    boolean isDigit() {
      return weights.length > 1;
    }

    /** Returns the weight of the digit at a place of a number; of what is no digit its own. */
    double weightOf(String number, int place) {
      return isDigit() ? weights[number.charAt(place) - '0'] : weights[0];
    }

    /** Returns the weight of all ways that end with it, in units of a weight's logarithm. */
    private double weightAfter(double[] logSums, double unit) {
      return Math.exp(logSums[from] + score - unit);
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
      cells.addDigit(i, i + 1, 0, probabilities.get(i), i);
    }
    return cells;
  }

  /**
   * Adds ink that may be a digit.
   *
   * @param score of its being one digit, against all else that the ink may be: the logarithm of a
   *     weight
   * @param probabilities of the digits 0 to 9
   * @param id 0 or more, told again of the digits of a number
   */
  public void addDigit(int from, int to, double score, float[] probabilities, int id) {
    double[] weights = new double[probabilities.length];
    for (int digit = 0; digit < weights.length; digit++) {
      weights[digit] = probabilities[digit];
    }
    endingAt.get(to).add(new Arc(from, to, score, weights, id));
  }

  /**
   * Adds ink that may be no digit: a point, a dash, a speck.
   *
   * @param score the logarithm of its weight
   */
  public void addOther(int from, int to, double score) {
    endingAt.get(to).add(new Arc(from, to, score, new double[] {1}, -1));
  }

  /**
   * Returns the same ways with weights that can be multiplied however many there are: those of the
   * arcs that end at a node are shared out so that all ways from the first node to any other weigh
   * 1 together. Each way from the first to the last weighs its share then. Nodes that no way leads
   * to have no arcs.
   */
  Lattice normalised() {
    Lattice shares = new Lattice(nodes());
    double[] logSums = new double[nodes()];
    for (int node = 1; node < logSums.length; node++) {
      double most = Double.NEGATIVE_INFINITY;
      for (Arc arc : endingAt(node)) {
        most = Math.max(most, logSums[arc.from] + arc.score);
      }
      double sum = 0;
      for (Arc arc : endingAt(node)) {
        sum += most == Double.NEGATIVE_INFINITY ? 0 : arc.weightAfter(logSums, most) * arc.sum();
      }
      logSums[node] = sum > 0 ? most + Math.log(sum) : Double.NEGATIVE_INFINITY;
      for (Arc arc : endingAt(node)) {
        double factor = sum > 0 ? arc.weightAfter(logSums, logSums[node]) : 0;
        if (factor > 0) {
          double[] weights = Arrays.stream(arc.weights).map(weight -> weight * factor).toArray();
          shares.endingAt.get(node).add(new Arc(arc.from, node, 0, weights, arc.id));
        }
      }
    }
    return shares;
  }

  /**
   * Returns, for the digits' arcs by their numbers, which share of all ways goes through each,
   * 0..1.
   *
   * @param ids that there may be: from 0 to before it
   */
  public double[] shares(int ids) {
    double[] shares = new double[ids];
    double[] ofNodes = new double[nodes()];
    ofNodes[nodes() - 1] = 1;
    Lattice normalised = normalised();
    for (int node = nodes() - 1; node > 0; node--) {
      for (Arc arc : normalised.endingAt(node)) {
        double share = ofNodes[node] * arc.sum();
        ofNodes[arc.from] += share;
        if (arc.isDigit()) {
          shares[arc.id] += share;
        }
      }
    }
    return shares;
  }

  /** Whether a way leads from the first node to the last; of what is normalised. */
  boolean isConnected() {
    return nodes() == 1 || !endingAt(nodes() - 1).isEmpty();
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
}
