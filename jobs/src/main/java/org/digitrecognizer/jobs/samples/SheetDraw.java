// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.form.Field;
import org.digitrecognizer.form.Form;

/**
 * Draws the numbers of sheets so that they keep what the form says of them together: totals are
 * sums, and what is there at most once is on one sheet only.
 */
final class SheetDraw {

  /** So many sheets are drawn and thrown away before none is taken to fit. */
  private static final int MOST_ATTEMPTS = 1000;

  private final List<Field> fields;
  private final SplittableRandom random;

  /** What is on earlier sheets, by the names of the fields that may have it once. */
  private final Map<String, Set<BigInteger>> drawn = new HashMap<>();

  private final String file;

  /**
   * @param file of the form, for messages
   */
  SheetDraw(Form form, String file, SplittableRandom random) {
    this.file = file;
    this.fields = partsFirst(form.fields());
    this.random = random;
  }

  private static List<Field> partsFirst(List<Field> fields) {
    List<Field> left = new ArrayList<>(fields);
    List<Field> ordered = new ArrayList<>();
    Set<String> names = new HashSet<>();
    while (!left.isEmpty()) {
      Field next =
          left.stream().filter(field -> names.containsAll(field.total())).findFirst().orElseThrow();
      left.remove(next);
      ordered.add(next);
      names.add(next.name());
    }
    return ordered;
  }

  /**
   * Returns the numbers of a sheet, by field.
   *
   * @throws UserException if no sheet that was drawn keeps the form's rules
   */
  Map<String, String> draw(String sheet) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Map<String, String> numbers = attempt(sheet);
      if (numbers.size() == fields.size()) {
        fields.stream().filter(Field::once).forEach(field -> take(field, numbers));
        return numbers;
      }
    }
    throw new UserException(
        file
            + ": of "
            + MOST_ATTEMPTS
            + " sheets that were drawn none keeps the totals and what is to be there once; pass"
            + " fewer --images, or a form whose fields have more digits");
  }

  /** Draws as many numbers as go together. */
  private Map<String, String> attempt(String sheet) {
    Map<String, BigDecimal> amounts = new HashMap<>();
    Map<String, String> numbers = new HashMap<>();
    for (Field field : fields) {
      Optional<String> number =
          field.total().isEmpty()
              ? Optional.of(field.ruleOf(sheet).draw(random))
              : sum(field, sheet, amounts);
      if (number.isEmpty() || isTaken(field, new BigInteger(number.get()))) {
        return numbers;
      }
      amounts.put(field.name(), new BigDecimal(new BigInteger(number.get()), field.decimals()));
      numbers.put(field.name(), number.get());
    }
    return numbers;
  }

  private void take(Field field, Map<String, String> numbers) {
    drawn
        .computeIfAbsent(field.name(), name -> new HashSet<>())
        .add(new BigInteger(numbers.get(field.name())));
  }

  private boolean isTaken(Field field, BigInteger number) {
    return field.once() && drawn.getOrDefault(field.name(), Set.of()).contains(number);
  }

  /**
   * Returns the sum as the field's rule allows it, with as few noughts before it as it may have.
   */
  private static Optional<String> sum(Field field, String sheet, Map<String, BigDecimal> amounts) {
    BigDecimal sum =
        field.total().stream().map(amounts::get).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal whole = sum.movePointRight(field.decimals()).stripTrailingZeros();
    if (whole.scale() > 0) {
      return Optional.empty();
    }
    StringBuilder number = new StringBuilder(whole.toBigIntegerExact().toString());
    int most = field.rule().mostDigits();
    while (number.length() <= most) {
      if (field.ruleOf(sheet).allows(number.toString())) {
        return Optional.of(number.toString());
      }
      number.insert(0, '0');
    }
    return Optional.empty();
  }
}
