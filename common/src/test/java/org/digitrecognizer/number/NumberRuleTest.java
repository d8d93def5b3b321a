// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.digitrecognizer.number.rule.Bounds;
import org.digitrecognizer.number.rule.CheckDigits;
import org.digitrecognizer.number.rule.DigitPattern;
import org.digitrecognizer.number.rule.NumberList;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All rules against an oracle that tries every number. */
class NumberRuleTest {

  private static final double TOLERANCE = 1e-8;

  static Stream<Named<NumberRule>> rules() {
    NumberList.Builder list = new NumberList.Builder();
    Stream.of("12", "012", "112", "2112", "77", "770", "5", "05").forEach(list::add);
    return Stream.of(
        Named.of("digits", NumberRule.ofDigits(1, 4)),
        Named.of("luhn", NumberRule.ofDigits(2, 4).and(CheckDigits.scheme("luhn").get())),
        Named.of("damm", NumberRule.ofDigits(1, 3).and(CheckDigits.scheme("damm").get())),
        Named.of("verhoeff", NumberRule.ofDigits(3, 4).and(CheckDigits.scheme("verhoeff").get())),
        Named.of("mod97-10", NumberRule.ofDigits(2, 4).and(CheckDigits.scheme("mod97-10").get())),
        Named.of("mod11-2", NumberRule.ofDigits(1, 4).and(CheckDigits.scheme("mod11-2").get())),
        Named.of("range", NumberRule.ofDigits(1, 3).and(Bounds.between(big(7), big(112)))),
        Named.of("pattern", NumberRule.ofDigits(1, 4).and(DigitPattern.of("[1-4]\\d{3}|7+"))),
        Named.of("list", NumberRule.ofDigits(1, 4).in(list)),
        Named.of("previous", NumberRule.ofDigits(2, 4).notBelow(big(98))),
        Named.of("list and previous", NumberRule.ofDigits(1, 4).in(list).notBelow(big(70))),
        Named.of(
            "all",
            NumberRule.ofDigits(1, 4)
                .and(Bounds.between(big(3), big(4000)))
                .and(CheckDigits.scheme("ean").get())
                .and(DigitPattern.of("\\d*[1-7]"))
                .notBelow(big(40))));
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  @Test
  void aRangeIsOfTheValue() {
    NumberRule days = NumberRule.ofDigits(1, 2).and(Bounds.between(big(1), big(31)));
    assertThat(List.of("1", "01", "31", "9")).allMatch(days::allows);
    assertThat(List.of("0", "00", "32", "001", "99")).noneMatch(days::allows);
    assertThat(days.share()).isEqualTo(40 / 110.0);
  }

  @Test
  void aListIsItsNumbers() {
    NumberList.Builder list = new NumberList.Builder();
    Random random = new Random(5);
    List<String> numbers =
        IntStream.range(0, 3000)
            .mapToObj(i -> digits(random, 1 + random.nextInt(30)))
            .distinct()
            .toList();
    numbers.forEach(list::add);
    NumberRule rule = NumberRule.ofDigits(1, 30).in(list);
    assertThat(numbers).allMatch(rule::allows);
    assertThat(IntStream.range(0, 3000).mapToObj(i -> digits(random, 12))).noneMatch(rule::allows);
    assertThat(rule.leastDigits()).isEqualTo(1);
    assertThat(rule.mostDigits()).isEqualTo(30);
  }

  private static String digits(Random random, int length) {
    return random.ints(length, 0, 10).mapToObj(Integer::toString).reduce("", String::concat);
  }

  @Test
  void knowsARuleThatNoNumberSatisfies() {
    NumberRule none = NumberRule.ofDigits(2, 2).and(Bounds.between(big(100), big(200)));
    assertThat(none.isEmpty()).isTrue();
    NumberList.Builder list = new NumberList.Builder();
    list.add("123");
    assertThat(NumberRule.ofDigits(2, 2).in(list).isEmpty()).isTrue();
    assertThat(NumberRule.ofDigits(2, 2).isEmpty()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whatIsDrawnIsAllowedAndOfEveryLength(NumberRule rule) {
    SplittableRandom random = new SplittableRandom(3);
    List<String> drawn = IntStream.range(0, 500).mapToObj(i -> rule.draw(random)).toList();
    assertThat(drawn).allMatch(rule::allows);
    List<Integer> lengths =
        IntStream.rangeClosed(1, 4)
            .filter(length -> numbersOf(length).anyMatch(rule::allows))
            .boxed()
            .toList();
    assertThat(drawn.stream().map(String::length).distinct().sorted()).isEqualTo(lengths);
  }

  private static Stream<String> numbersOf(int length) {
    return IntStream.range(0, (int) Math.pow(10, length))
        .mapToObj(value -> String.format("%0" + length + "d", value));
  }

  @Test
  void everyNumberOfAListIsDrawn() {
    NumberList.Builder list = new NumberList.Builder();
    Stream.of("12", "013", "4711").forEach(list::add);
    NumberRule rule = NumberRule.ofDigits(1, 4).in(list);
    SplittableRandom random = new SplittableRandom(3);
    assertThat(IntStream.range(0, 100).mapToObj(i -> rule.draw(random)).distinct())
        .containsExactlyInAnyOrder("12", "013", "4711");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void cellsAreReadAsTheOracleReadsThem(NumberRule rule) {
    Random random = new Random(1);
    for (int round = 0; round < 30; round++) {
      List<float[]> cells = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        cells.add(probabilities(random));
      }
      Map<String, Double> all = new HashMap<>();
      spell(cells, 0, "", 1, all);
      compare(Lattice.ofCells(cells), rule, all);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void cutsAreSummedAsTheOracleSumsThem(NumberRule rule) {
    Random random = new Random(2);
    for (int round = 0; round < 10; round++) {
      // Four pieces of ink: each alone a digit or a mark, two together a digit.
      Lattice lattice = new Lattice(5);
      List<double[][]> arcs = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        for (int to = node + 1; to <= Math.min(4, node + 2); to++) {
          float[] probabilities = probabilities(random);
          double weight = random.nextDouble() * 3;
          lattice.addDigit(node, to, Math.log(weight), probabilities, node);
          double[] weights = new double[10];
          Arrays.setAll(weights, digit -> weight * probabilities[digit]);
          arcs.add(new double[][] {{node, to}, weights});
        }
        double mark = random.nextDouble() * 0.3;
        lattice.addOther(node, node + 1, Math.log(mark));
        arcs.add(new double[][] {{node, node + 1}, {mark}});
      }
      Map<String, Double> all = new HashMap<>();
      walk(arcs, 0, "", 1, all);
      compare(lattice, rule, all);
    }
  }

  /** As many pieces as an image may have, each of a weight that no product of them could hold. */
  @ParameterizedTest
  @ValueSource(doubles = {-60, 0, 60})
  void weightsAreMultipliedHoweverManyThereAre(double score) {
    Lattice lattice = new Lattice(241);
    float[] probabilities = new float[10];
    probabilities[7] = 1;
    for (int i = 0; i < 240; i++) {
      lattice.addOther(i, i + 1, score);
    }
    lattice.addDigit(100, 101, score + 3, probabilities, 0);
    NumberReading reading = new BestNumber().read(lattice, NumberRule.ofDigits(1, 1));
    assertThat(reading.number()).isEqualTo("7");
    assertThat(reading.validMass()).isCloseTo(Math.exp(3) / (1 + Math.exp(3)), within(1e-9));
  }

  /** A check digit that ten strings in a hundred have speaks for what was read. */
  @Test
  void surprisesMakeALooseRuleLessSureThanATightOne() {
    float[] sure = new float[10];
    sure[0] = 1;
    Lattice lattice = Lattice.ofCells(List.of(sure, sure, sure));
    BestNumber best = BestNumber.withSurprises(0.01);
    assertThat(best.read(lattice, NumberRule.ofDigits(3, 3)).confidence())
        .isCloseTo(1 / 1.01, within(1e-9));
    NumberRule luhn = NumberRule.ofDigits(3, 3).and(CheckDigits.scheme("luhn").orElseThrow());
    assertThat(best.read(lattice, luhn).confidence()).isCloseTo(1 / 1.001, within(1e-9));
  }

  private static float[] probabilities(Random random) {
    float[] weights = new float[10];
    float sum = 0;
    for (int i = 0; i < 10; i++) {
      weights[i] = (float) Math.exp(3 * random.nextGaussian());
      sum += weights[i];
    }
    for (int i = 0; i < 10; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static void spell(
      List<float[]> cells, int at, String read, double weight, Map<String, Double> all) {
    if (at == cells.size()) {
      all.merge(read, weight, Double::sum);
      return;
    }
    for (int digit = 0; digit < 10; digit++) {
      spell(cells, at + 1, read + digit, weight * cells.get(at)[digit], all);
    }
  }

  private static void walk(
      List<double[][]> arcs, int node, String read, double weight, Map<String, Double> all) {
    if (node == 4) {
      all.merge(read, weight, Double::sum);
      return;
    }
    for (double[][] arc : arcs) {
      if (arc[0][0] == node) {
        for (int digit = 0; digit < arc[1].length; digit++) {
          String longer = arc[1].length == 1 ? read : read + digit;
          walk(arcs, (int) arc[0][1], longer, weight * arc[1][digit], all);
        }
      }
    }
  }

  private static void compare(Lattice lattice, NumberRule rule, Map<String, Double> all) {
    double sum = all.values().stream().mapToDouble(Double::doubleValue).sum();
    Predicate<String> valid = number -> !number.isEmpty() && rule.allows(number);
    double validSum =
        all.entrySet().stream()
            .filter(entry -> valid.test(entry.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    List<Map.Entry<String, Double>> best =
        all.entrySet().stream()
            .filter(entry -> valid.test(entry.getKey()))
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(2)
            .toList();
    double odds = 0.01;
    double surprises = 0.02;
    NumberReading reading = new BestNumber(odds, surprises).read(lattice, rule);
    double wrong = odds * (sum - validSum) + surprises * sum;
    double evidence = validSum + wrong * rule.share();
    assertThat(reading.validMass()).isBetween(validSum / sum - TOLERANCE, validSum / sum + 1e-12);
    assertThat(reading.number()).isEqualTo(best.isEmpty() ? null : best.get(0).getKey());
    if (!best.isEmpty()) {
      double share = best.get(0).getValue() / evidence;
      // What is pruned is a little of all, and may be more of what is valid.
      assertThat(reading.confidence())
          .isCloseTo(share, within(TOLERANCE * Math.max(1, sum / validSum)));
      assertThat(reading.digits())
          .extracting(NumberReading.Digit::digit)
          .containsExactlyElementsOf(
              reading.number().chars().mapToObj(digit -> digit - '0').toList());
    }
    if (best.size() > 1) {
      assertThat(reading.second()).isNotEqualTo(reading.number()).matches(valid);
    }
  }
}
