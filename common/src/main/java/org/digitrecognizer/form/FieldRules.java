// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.number.NumberRule;
import org.digitrecognizer.number.rule.Automaton;
import org.digitrecognizer.number.rule.Bounds;
import org.digitrecognizer.number.rule.CheckDigits;
import org.digitrecognizer.number.rule.DigitPattern;
import org.digitrecognizer.number.rule.NumberList;
import org.digitrecognizer.number.rule.StateTable;

/** Makes a field's rule of what the form says of it. */
final class FieldRules {

  private static final Set<String> NAMES =
      Set.of(
          "digits", "check", "pattern", "range", "list", "previous", "decimals", "once", "total");

  private static final int MOST_MODULUS = 997;
  private static final int MOST_DECIMALS = 9;
  private static final Pattern SPAN = Pattern.compile("(\\S+?)\\s*\\.\\.\\s*(\\S+)");

  private final FormNode field;
  private final Path form;
  private final Configuration configuration;

  FieldRules(FormNode field, Path form, Configuration configuration) {
    this.field = field;
    this.form = form;
    this.configuration = configuration;
  }

  Field read(String name) throws IOException {
    Map<String, FormNode> parts = field.parts(NAMES);
    int decimals =
        parts.containsKey("decimals") ? parts.get("decimals").number(0, MOST_DECIMALS) : 0;
    NumberRule rule = digits(parts);
    if (parts.containsKey("pattern")) {
      rule = rule.and(pattern(parts.get("pattern")));
    }
    if (parts.containsKey("range")) {
      rule = rule.and(range(parts.get("range"), decimals));
    }
    if (parts.containsKey("check")) {
      rule = rule.and(check(parts.get("check")));
    }
    if (parts.containsKey("list")) {
      rule = rule.in(list(parts.get("list")));
    }
    if (rule.isEmpty()) {
      throw field.expected("a rule that some number can satisfy; no number satisfies all of it");
    }
    return new Field(
        name,
        rule,
        decimals,
        previous(parts.get("previous"), decimals),
        parts.containsKey("once") && parts.get("once").isTrue(),
        parts.containsKey("total") ? TotalRules.parts(parts.get("total")) : List.of());
  }

  private NumberRule digits(Map<String, FormNode> parts) {
    FormNode node = parts.get("digits");
    if (node == null) {
      if (!parts.containsKey("pattern") && !parts.containsKey("list")) {
        throw field.expected("given its 'digits', as in 'digits: 8' or 'digits: 6..8'");
      }
      return NumberRule.ofDigits(1, Automaton.MOST_DIGITS);
    }
    String text = node.text();
    Matcher span = SPAN.matcher(text);
    if (text.matches("\\d{1,2}")
        || (span.matches() && text.matches("\\d{1,2}\\s*\\.\\.\\s*\\d{1,2}"))) {
      int least = Integer.parseInt(span.matches() ? span.group(1) : text);
      int most = Integer.parseInt(span.matches() ? span.group(2) : text);
      if (least >= 1 && least <= most && most <= Automaton.MOST_DIGITS) {
        return NumberRule.ofDigits(least, most);
      }
    }
    throw node.expected("1 to " + Automaton.MOST_DIGITS + ", or a range as in 6..8, not " + text);
  }

  private static StateTable pattern(FormNode node) {
    try {
      return DigitPattern.of(node.text());
    } catch (IllegalArgumentException | StateTable.TooManyStates e) {
      throw node.expected(
          "a regular expression of digits (0-9 . \\d [1-4] ( ) | ? * + {2,4}): " + e.getMessage());
    }
  }

  private static StateTable range(FormNode node, int decimals) {
    Matcher span = SPAN.matcher(node.text());
    BigInteger least = span.matches() ? value(span.group(1), decimals) : null;
    BigInteger most = span.matches() ? value(span.group(2), decimals) : null;
    if (least == null || most == null || least.compareTo(most) > 0) {
      throw node.expected("the least and the most, as in 1..31, not " + node.text());
    }
    return Bounds.between(least, most);
  }

  /** Reads a value as the digits that are written for it; null if it is none. */
  private static BigInteger value(String text, int decimals) {
    String point = decimals == 0 ? "" : "(\\.\\d{1," + decimals + "})?";
    if (!text.matches("\\d{1," + Automaton.MOST_DIGITS + "}" + point)) {
      return null;
    }
    BigInteger value = new BigDecimal(text).scaleByPowerOfTen(decimals).toBigIntegerExact();
    return value.bitLength() > 0 && value.toString().length() > Automaton.MOST_DIGITS
        ? null
        : value;
  }

  private static StateTable check(FormNode node) {
    if (!node.isMapping()) {
      return CheckDigits.scheme(node.text())
          .orElseThrow(
              () ->
                  node.expected(
                      "one of "
                          + CheckDigits.names()
                          + " or {weights: [3, 1], modulus: 10}, not "
                          + node.text()));
    }
    Map<String, FormNode> parts = node.parts(Set.of("weights", "modulus"));
    if (parts.size() < 2) {
      throw node.expected("weights and a modulus, as in {weights: [3, 1], modulus: 10}");
    }
    List<Integer> weights =
        parts.get("weights").items().stream().map(item -> item.number(0, MOST_MODULUS)).toList();
    if (weights.isEmpty()) {
      throw parts.get("weights").expected("one weight or more");
    }
    return CheckDigits.weighted(weights, parts.get("modulus").number(2, MOST_MODULUS));
  }

  private NumberList.Builder list(FormNode node) throws IOException {
    NumberList.Builder list = new NumberList.Builder();
    try (NumberTable table = open(node, "number")) {
      while (table.next()) {
        String number = table.number(value -> value);
        if (!list.add(number)) {
          throw table.expected("at most " + NumberList.MOST_NUMBERS + " numbers");
        }
      }
      if (list.size() == 0) {
        throw table.expected("a number a line");
      }
      list.firstTwice().ifPresent(number -> refuseTwice(table, number));
    }
    return list;
  }

  private static void refuseTwice(NumberTable table, String number) {
    throw table.error("the number " + number + " is there twice; each is to be there once");
  }

  private Map<String, BigInteger> previous(FormNode node, int decimals) throws IOException {
    Map<String, BigInteger> previous = new HashMap<>();
    if (node == null) {
      return previous;
    }
    try (NumberTable table = open(node, "sheet", "number")) {
      while (table.next()) {
        String sheet = table.cell("sheet");
        BigInteger last = new BigInteger(table.number(text -> digits(text, decimals)));
        if (previous.put(sheet, last) != null) {
          throw table.error("the sheet " + sheet + " is there twice; each is to be there once");
        }
      }
    }
    return previous;
  }

  private static String digits(String text, int decimals) {
    BigInteger value = text.contains(".") ? value(text, decimals) : null;
    return value == null ? text : value.toString();
  }

  private NumberTable open(FormNode node, String... columns) throws IOException {
    Path path = new Path(form.getParent(), new Path(node.text()));
    return NumberTable.open(node, path, configuration, columns);
  }
}
