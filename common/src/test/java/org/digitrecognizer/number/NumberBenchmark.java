// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.digitrecognizer.number.rule.CheckDigits;
import org.digitrecognizer.number.rule.NumberList;

/** Numbers a second of one thread, from digits in cells that were read before. */
public final class NumberBenchmark {

  private static final int DIGITS = 8;
  private static final int NUMBERS = 2000;
  private static final int ROUNDS = 3;

  /** Counts the time that the thread computes, whatever else the machine does. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private NumberBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    Random random = new Random(7);
    NumberRule digits = NumberRule.ofDigits(DIGITS, DIGITS);
    NumberRule luhn = digits.and(CheckDigits.scheme("luhn").orElseThrow());
    measure("8 digits", digits, valid(luhn, random));
    measure("Luhn", luhn, valid(luhn, random));
    NumberRule mod97 = digits.and(CheckDigits.scheme("mod97-10").orElseThrow());
    measure("mod 97-10", mod97, valid(mod97, random));
    for (int size : new int[] {10_000, 100_000, 1_000_000}) {
      NumberList.Builder list = new NumberList.Builder();
      List<String> numbers = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        numbers.add(number(random));
        list.add(numbers.get(i));
      }
      measure("list of " + size, digits.in(list), numbers.subList(0, NUMBERS));
    }
  }

  private static List<String> valid(NumberRule rule, Random random) {
    List<String> numbers = new ArrayList<>();
    while (numbers.size() < NUMBERS) {
      String number = number(random);
      if (rule.allows(number)) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  private static String number(Random random) {
    return String.format("%08d", random.nextInt(100_000_000));
  }

  private static void measure(String rule, NumberRule allowed, List<String> numbers) {
    Random random = new Random(3);
    List<Lattice> lattices = new ArrayList<>();
    for (String number : numbers) {
      lattices.add(Lattice.ofCells(number.chars().mapToObj(c -> cell(c - '0', random)).toList()));
    }
    BestNumber best = new BestNumber();
    double fastest = 0;
    int right = 0;
    for (int round = 0; round < ROUNDS; round++) {
      right = 0;
      long start = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < numbers.size(); i++) {
        right += numbers.get(i).equals(best.read(lattices.get(i), allowed).number()) ? 1 : 0;
      }
      fastest =
          Math.max(fastest, numbers.size() / ((THREADS.getCurrentThreadCpuTime() - start) / 1e9));
    }
    System.out.printf(
        Locale.US, "%-16s %,9.0f numbers/s  %d of %d right%n", rule, fastest, right, NUMBERS);
  }

  /** Ten probabilities as a network has them: sure of most digits, torn between some. */
  private static float[] cell(int digit, Random random) {
    float[] probabilities = new float[10];
    double sure = random.nextInt(20) == 0 ? 4 : 14;
    double sum = 0;
    for (int i = 0; i < 10; i++) {
      probabilities[i] = (float) Math.exp(2.5 * random.nextGaussian() + (i == digit ? sure : 0));
      sum += probabilities[i];
    }
    for (int i = 0; i < 10; i++) {
      probabilities[i] /= (float) sum;
    }
    return probabilities;
  }
}
