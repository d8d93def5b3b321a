// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.digitrecognizer.form.Totals.Broken;
import org.digitrecognizer.form.Totals.Value;
import org.digitrecognizer.number.NumberRule;
import org.junit.jupiter.api.Test;

class TotalsTest {

  private static final Totals TOTALS =
      new Totals(
          new Form(
              "slip",
              Form.ImageKind.CELLS,
              "",
              List.of(
                  field("amount", 2),
                  field("fee", 1),
                  field("total", 2, "amount", "fee"),
                  field("count", 0),
                  field("all", 2, "total", "count")),
              "00"));

  private static Field field(String name, int decimals, String... total) {
    NumberRule any = NumberRule.ofDigits(1, 30);
    return new Field(name, any, decimals, Map.of(), false, List.of(total));
  }

  private static Value read(String number) {
    return new Value(number, false);
  }

  @Test
  void pointsStandWhereEachFieldHasThem() {
    assertThat(
            TOTALS.broken(
                Map.of("amount", read("12000"), "fee", read("005"), "total", read("0012050"))))
        .isEmpty();
    assertThat(
            TOTALS.broken(
                Map.of("amount", read("12000"), "fee", read("005"), "total", read("12550"))))
        .containsExactly(
            new Broken(
                List.of("amount", "fee", "total"),
                "amount + fee is 120.50, total was read 125.50"));
  }

  @Test
  void eachTotalIsCheckedForItselfAndOnlyWhereAllIsThere() {
    Map<String, Value> values =
        Map.of("total", new Value("250", true), "count", read("3"), "all", new Value("5", true));
    assertThat(TOTALS.broken(values))
        .containsExactly(
            new Broken(
                List.of("total", "count", "all"), "total + count is 5.50, all was keyed 0.05"));
    assertThat(TOTALS.fields()).containsExactly("all", "amount", "count", "fee", "total");
  }

  @Test
  void numbersOfThirtyDigitsAreAddedToTheLast() {
    String nines = "9".repeat(30);
    assertThat(
            TOTALS.broken(
                Map.of("amount", read(nines), "fee", read("0"), "total", read(nines.substring(1)))))
        .singleElement()
        .satisfies(broken -> assertThat(broken.reason()).contains("9".repeat(28) + ".99, total"));
  }
}
