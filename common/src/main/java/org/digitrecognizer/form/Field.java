// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.number.NumberRule;

/**
 * A number on a form.
 *
 * @param name of the field
 * @param rule which numbers there may be
 * @param decimals how many digits stand behind the point; 0 for a whole number
 * @param previous the last value of each sheet, below which a number is not; empty for no such rule
 * @param once whether a number is there at most once among an archive's sheets
 * @param total the fields of the same sheet whose sum it is; empty for none
 */
public record Field(
    String name,
    NumberRule rule,
    int decimals,
    Map<String, BigInteger> previous,
    boolean once,
    List<String> total)
    implements Serializable {

  /** Copies the previous values and the parts of the total. */
  public Field {
    previous = Map.copyOf(previous);
    total = List.copyOf(total);
  }

  /** Returns the rule of the number on a sheet. */
  public NumberRule ruleOf(String sheet) {
    BigInteger last = previous.get(sheet);
    return last == null ? rule : rule.notBelow(last);
  }
}
