// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Checks on a sheet whether the totals of its form are the sums that they are to be. */
public final class Totals implements Serializable {

  private static final long serialVersionUID = 1L;

  private final TreeMap<String, Integer> decimals = new TreeMap<>();
  private final TreeMap<String, ArrayList<String>> totals = new TreeMap<>();

  /**
   * A number that stands on the sheet.
   *
   * @param number its digits only
   * @param keyed whether a person said so; else a machine has read it
   */
  public record Value(String number, boolean keyed) {}

  /**
   * A total that is not the sum of its parts.
   *
   * @param fields that take part, the total among them
   * @param reason what is wrong, as a sentence without its full stop
   */
  public record Broken(List<String> fields, String reason) {}

  /** Takes the totals of a form. */
  public Totals(Form form) {
    for (Field field : form.fields()) {
      decimals.put(field.name(), field.decimals());
      if (!field.total().isEmpty()) {
        totals.put(field.name(), new ArrayList<>(field.total()));
      }
    }
  }

  /** Returns the fields that take part in a total. */
  public List<String> fields() {
    TreeSet<String> fields = new TreeSet<>(totals.keySet());
    totals.values().forEach(fields::addAll);
    return List.copyOf(fields);
  }

  /**
   * Returns the totals that are not the sums of their parts. One of which a part is not there, or
   * that is not there itself, cannot be checked, and is not among them.
   *
   * @param values of the sheet, by field
   */
  public List<Broken> broken(Map<String, Value> values) {
    List<Broken> broken = new ArrayList<>();
    totals.forEach(
        (total, parts) -> {
          if (values.containsKey(total) && values.keySet().containsAll(parts)) {
            BigDecimal sum = BigDecimal.ZERO;
            for (String part : parts) {
              sum = sum.add(amount(part, values.get(part)));
            }
            BigDecimal said = amount(total, values.get(total));
            if (sum.compareTo(said) != 0) {
              List<String> fields = new ArrayList<>(parts);
              fields.add(total);
              broken.add(
                  new Broken(
                      List.copyOf(fields),
                      String.format(
                          "%s is %s, %s was %s %s",
                          String.join(" + ", parts),
                          sum.toPlainString(),
                          total,
                          values.get(total).keyed ? "keyed" : "read",
                          said.toPlainString())));
            }
          }
        });
    return broken;
  }

  private BigDecimal amount(String field, Value value) {
    return new BigDecimal(new BigInteger(value.number), decimals.get(field));
  }
}
