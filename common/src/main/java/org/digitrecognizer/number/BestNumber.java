// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.digitrecognizer.number.Lattice.Arc;
import org.digitrecognizer.number.rule.Automaton;
import org.digitrecognizer.number.rule.Lengths;

/**
 * Finds the most probable number that a rule allows, in one pass over nodes, states and digits from
 * the right. Each state sums the weight of all ways to it, and keeps the weightiest few strings of
 * digits; ways with the same digits are one string, however the ink is cut. What is not worth
 * following is at most {@value #MOST_PRUNED} of all, and counts as invalid.
 *
 * <p>The weight of what the rule does not allow speaks against the number, since the writer may
 * have erred or another rule may hold: with a share e of such numbers, and v the share of all
 * strings that the rule allows, Bayes' rule weighs it by {@code e / (1 - e) * v}. So it does with
 * ink that is none of what the lattice says, of which any string may come. Not for two threads at
 * once.
 */
public final class BestNumber {

  /** Share of all weight that is dropped at most. */
  public static final double MOST_PRUNED = 1e-9;

  /** One number in 200 breaks its rule, or is under another: assumed, not measured. */
  private static final double ODDS_OF_ERROR = 0.005;

  private static final Automaton ANYTHING = Lengths.of(1, Automaton.MOST_DIGITS);

  private final double oddsOfError;
  private final double oddsOfSurprise;
  private final Pruning pruning = new Pruning();
  private final Strings strings = new Strings();
  private boolean oneWay;

  /** Assumes that one number in 200 breaks its rule; nothing was fitted. */
  public BestNumber() {
    this(ODDS_OF_ERROR, 0);
  }

  /**
   * @param oddsOfError of a number that breaks its rule against one that keeps it, more than 0
   * @param oddsOfSurprise of a number that the lattice has no true way for against one that it has,
   *     0 or more
   */
  BestNumber(double oddsOfError, double oddsOfSurprise) {
    this.oddsOfError = oddsOfError;
    this.oddsOfSurprise = oddsOfSurprise;
  }

  /**
   * Assumes the same of rules, and that the lattice may have no true way.
   *
   * @param odds of a number that it has none for against one that it has, 0 or more
   */
  public static BestNumber withSurprises(double odds) {
    return new BestNumber(ODDS_OF_ERROR, odds);
  }

  /** Reads a number. */
  public NumberReading read(Lattice ways, NumberRule rule) {
    Lattice lattice = ways.normalised();
    if (!lattice.isConnected()) {
      return new NumberReading(null, 0, null, 0, 0, null, List.of());
    }
    String unconstrained = best(lattice, ANYTHING).strings().stream().findFirst().orElse(null);
    Best best = best(lattice, rule.automaton());
    double valid = Math.min(1, best.sum);
    double wrong = oddsOfError * (1 - valid) + oddsOfSurprise;
    double evidence = valid + wrong * rule.share();
    List<Weighed> found =
        best.strings.stream()
            .map(number -> new Weighed(number, weight(lattice, number) / evidence))
            .sorted(Comparator.comparingDouble(Weighed::confidence).reversed())
            .toList();
    Weighed first = found.isEmpty() ? Weighed.NONE : found.get(0);
    Weighed second = found.size() < 2 ? Weighed.NONE : found.get(1);
    return new NumberReading(
        first.number,
        first.confidence,
        second.number,
        second.confidence,
        valid,
        unconstrained,
        first.number == null ? List.of() : digits(lattice, first.number));
  }

  /**
   * The weightiest strings of a rule.
   *
   * @param sum weight of all that it allows
   */
  private record Best(List<String> strings, double sum) {}

  private record Weighed(String number, double confidence) {

    static final Weighed NONE = new Weighed(null, 0);

    Weighed {
      confidence = Math.min(1, confidence);
    }
  }

  private Best best(Lattice lattice, Automaton automaton) {
    strings.clear();
    oneWay = lattice.hasOneWay();
    Frontier[] frontiers = new Frontier[lattice.nodes()];
    for (int i = 0; i < frontiers.length; i++) {
      frontiers[i] = new Frontier();
    }
    int last = frontiers.length - 1;
    if (automaton.start() != Automaton.DEAD) {
      frontiers[last].begin(automaton.start());
    }
    double mayGo = MOST_PRUNED / frontiers.length;
    for (int node = last; node > 0; node--) {
      Frontier frontier = frontiers[node];
      int least = pruning.leastKept(frontier.sums, frontier.size, mayGo);
      for (int entry = 0; entry < frontier.size; entry++) {
        if (Math.getExponent(frontier.sums[entry]) >= least) {
          for (Arc arc : lattice.endingAt(node)) {
            follow(arc, frontier, entry, automaton, frontiers[arc.from()]);
          }
        }
      }
      frontiers[node] = null;
    }
    return best(frontiers[0], automaton);
  }

  private void follow(Arc arc, Frontier from, int entry, Automaton automaton, Frontier to) {
    long state = from.states[entry];
    if (!arc.isDigit()) {
      to.addAll(state, arc.weights()[0], -1, from, entry, strings, oneWay);
      return;
    }
    for (int digit = 0; digit < arc.weights().length; digit++) {
      double weight = arc.weights()[digit];
      if (weight > 0) {
        long next = automaton.next(state, digit);
        if (next != Automaton.DEAD) {
          to.addAll(next, weight, digit, from, entry, strings, oneWay);
        }
      }
    }
  }

  /** Puts the strings of all states that are numbers together. */
  private Best best(Frontier first, Automaton automaton) {
    Frontier whole = new Frontier();
    for (int entry = 0; entry < first.size; entry++) {
      if (automaton.accepts(first.states[entry])) {
        whole.addAll(0, 1, -1, first, entry, strings, oneWay);
      }
    }
    List<String> best = new ArrayList<>();
    for (int rank = 0;
        whole.size > 0 && rank < Frontier.STRINGS && whole.strings[rank] >= 0;
        rank++) {
      best.add(strings.text(whole.strings[rank]));
    }
    return new Best(best, whole.size > 0 ? whole.sums[0] : 0);
  }

  /** Sums the weight of all cuts that read as a number. */
  private static double weight(Lattice lattice, String number) {
    double[][] sums = new double[lattice.nodes()][number.length() + 1];
    sums[0][0] = 1;
    for (int node = 1; node < sums.length; node++) {
      for (Arc arc : lattice.endingAt(node)) {
        for (int read = arc.isDigit() ? 1 : 0; read <= number.length(); read++) {
          sums[node][read] += before(sums, arc, read) * arc.weightOf(number, read - 1);
        }
      }
    }
    return sums[sums.length - 1][number.length()];
  }

  /** Returns what was known at an arc's beginning of the digits read so far but its own. */
  private static double before(double[][] table, Arc arc, int read) {
    return table[arc.from()][arc.isDigit() ? read - 1 : read];
  }

  /** Finds the weightiest cut among those that read as a number. */
  private static List<NumberReading.Digit> digits(Lattice lattice, String number) {
    int nodes = lattice.nodes();
    int length = number.length();
    double[][] weights = new double[nodes][length + 1];
    Arc[][] arcs = new Arc[nodes][length + 1];
    weights[0][0] = 1;
    for (int node = 1; node < nodes; node++) {
      for (Arc arc : lattice.endingAt(node)) {
        for (int read = arc.isDigit() ? 1 : 0; read <= length; read++) {
          double weight = before(weights, arc, read) * arc.weightOf(number, read - 1);
          if (weight > weights[node][read]) {
            weights[node][read] = weight;
            arcs[node][read] = arc;
          }
        }
      }
    }
    List<NumberReading.Digit> digits = new ArrayList<>();
    int read = length;
    for (Arc arc = arcs[nodes - 1][read]; arc != null; arc = arcs[arc.from()][read]) {
      if (arc.isDigit()) {
        read--;
        int digit = number.charAt(read) - '0';
        digits.add(0, new NumberReading.Digit(digit, arc.id(), arc.weights()[digit] / arc.sum()));
      }
    }
    return digits;
  }
}
