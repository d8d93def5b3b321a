package org.digitrecognizer.number;

import java.util.ArrayList;
import java.util.Arrays;
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
 * strings that the rule allows, Bayes' rule weighs it by {@code e / (1 - e) * v}. Not for two
 * threads at once.
 */
public final class BestNumber {

  /** Share of all weight that is dropped at most. */
  public static final double MOST_PRUNED = 1e-9;

  /** One number in 200 breaks its rule, or is under another: assumed, not measured. */
  private static final double ODDS_OF_ERROR = 0.005;

  /** Strings that a state keeps: the best, the second, and one that sums may still lift. */
  private static final int STRINGS = 3;

  private static final Automaton ANYTHING = Lengths.of(1, Automaton.MOST_DIGITS);

  private final double oddsOfError;
  private final Pruning pruning = new Pruning();
  private final Strings strings = new Strings();
  private boolean oneWay;

  /** Assumes that one number in 200 breaks its rule; nothing was fitted. */
  public BestNumber() {
    this(ODDS_OF_ERROR);
  }

  /**
   * @param oddsOfError of a number that breaks its rule against one that keeps it, more than 0
   */
  public BestNumber(double oddsOfError) {
    this.oddsOfError = oddsOfError;
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
    double evidence = valid + oddsOfError * rule.share() * (1 - valid);
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
    for (int rank = 0; whole.size > 0 && rank < STRINGS && whole.strings[rank] >= 0; rank++) {
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

  /** Strings of digits, each as its first digit and the string on the right of that. */
  private static final class Strings {

    static final int EMPTY = 0;

    private int[] rest = new int[1024];
    private byte[] first = new byte[1024];
    private long[] hash = new long[1024];
    private int count = 1;

    void clear() {
      count = 1;
    }

    /** Returns a number by which equal strings are known. */
    long hash(int digit, int string) {
      long mixed = (hash[string] + digit + 1) * 0x9E3779B97F4A7C15L;
      return mixed ^ (mixed >>> 29);
    }

    long hash(int string) {
      return hash[string];
    }

    int add(int digit, int string) {
      if (count == rest.length) {
        rest = Arrays.copyOf(rest, count * 2);
        first = Arrays.copyOf(first, count * 2);
        hash = Arrays.copyOf(hash, count * 2);
      }
      rest[count] = string;
      first[count] = (byte) digit;
      hash[count] = hash(digit, string);
      return count++;
    }

    String text(int string) {
      StringBuilder text = new StringBuilder();
      for (int i = string; i != EMPTY; i = rest[i]) {
        text.append((char) ('0' + first[i]));
      }
      return text.toString();
    }
  }

  /** The states at a node: a hash table from state to what is known of it. */
  private static final class Frontier {

    int size;
    long[] states = new long[8];
    double[] sums = new double[8];

    /** The strings of each state, the weightiest first; -1 where there are fewer. */
    int[] strings = new int[8 * STRINGS];

    double[] weights = new double[8 * STRINGS];
    private int[] table = new int[16];

    private int entry(long state) {
      int at = slot(state);
      while (table[at] != 0) {
        if (states[table[at] - 1] == state) {
          return table[at] - 1;
        }
        at = (at + 1) & (table.length - 1);
      }
      if (size == states.length) {
        grow();
        return entry(state);
      }
      table[at] = ++size;
      states[size - 1] = state;
      sums[size - 1] = 0;
      Arrays.fill(strings, (size - 1) * STRINGS, size * STRINGS, -1);
      Arrays.fill(weights, (size - 1) * STRINGS, size * STRINGS, 0);
      return size - 1;
    }

    private int slot(long state) {
      long mixed = state * 0x9E3779B97F4A7C15L;
      return (int) (mixed >>> 33) & (table.length - 1);
    }

    private void grow() {
      states = Arrays.copyOf(states, size * 2);
      sums = Arrays.copyOf(sums, size * 2);
      strings = Arrays.copyOf(strings, size * 2 * STRINGS);
      weights = Arrays.copyOf(weights, size * 2 * STRINGS);
      table = new int[size * 4];
      for (int i = 0; i < size; i++) {
        int at = slot(states[i]);
        while (table[at] != 0) {
          at = (at + 1) & (table.length - 1);
        }
        table[at] = i + 1;
      }
    }

    /** Adds the state before the last digit. */
    void begin(long state) {
      int entry = entry(state);
      sums[entry] = 1;
      strings[entry * STRINGS] = Strings.EMPTY;
      weights[entry * STRINGS] = 1;
    }

    /** Adds a state with the strings of another, each with a digit before it if there is one. */
    void addAll(
        long state, double factor, int digit, Frontier from, int its, Strings all, boolean apart) {
      int entry = entry(state);
      sums[entry] += factor * from.sums[its];
      for (int i = its * STRINGS; i < (its + 1) * STRINGS && from.strings[i] >= 0; i++) {
        double weight = factor * from.weights[i];
        if (!apart) {
          merge(entry, digit, from.strings[i], weight, all);
        } else if (weight > weights[(entry + 1) * STRINGS - 1]) {
          keep(entry, (entry + 1) * STRINGS - 1, named(digit, from.strings[i], all), weight);
        }
      }
    }

    private static int named(int digit, int string, Strings all) {
      return digit < 0 ? string : all.add(digit, string);
    }

    /** Adds a string that a state may have already, by another cut. */
    private void merge(int entry, int digit, int string, double weight, Strings all) {
      int end = (entry + 1) * STRINGS;
      long hash = digit < 0 ? all.hash(string) : all.hash(digit, string);
      int at = entry * STRINGS;
      while (at < end && strings[at] >= 0 && all.hash(strings[at]) != hash) {
        at++;
      }
      if (at < end && strings[at] >= 0) {
        keep(entry, at, strings[at], weights[at] + weight);
      } else if (at < end || weight > weights[end - 1]) {
        keep(entry, Math.min(at, end - 1), named(digit, string, all), weight);
      }
    }

    /** Puts a string in the place of one that weighs less, and moves it to its rank. */
    private void keep(int entry, int place, int string, double weight) {
      int at = place;
      while (at > entry * STRINGS && weights[at - 1] < weight) {
        strings[at] = strings[at - 1];
        weights[at] = weights[at - 1];
        at--;
      }
      strings[at] = string;
      weights[at] = weight;
    }
  }

  /** Finds what may be dropped: sums by their powers of two, the least first. */
  private static final class Pruning {

    private static final int POWERS = 1 << 12;

    private final double[] byPower = new double[POWERS];

    /**
     * Returns the least power of two that is kept.
     *
     * @param most what may be dropped in all
     */
    int leastKept(double[] sums, int size, double most) {
      int least = Integer.MAX_VALUE;
      int largest = Integer.MIN_VALUE;
      for (int i = 0; i < size; i++) {
        int power = Math.getExponent(sums[i]);
        byPower[power & (POWERS - 1)] += sums[i];
        least = Math.min(least, power);
        largest = Math.max(largest, power);
      }
      int kept = least;
      double dropped = 0;
      for (int power = least; power <= largest; power++) {
        dropped += byPower[power & (POWERS - 1)];
        byPower[power & (POWERS - 1)] = 0;
        kept = dropped <= most ? power + 1 : kept;
      }
      return kept;
    }
  }
}
