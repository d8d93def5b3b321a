// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Map;
import org.digitrecognizer.number.NumberRule;

/**
 * A number on a form.
 *
 * @param name of the field
 * @param rule which numbers there may be
 * @param decimals how many digits stand behind the point; 0 for a whole number
 * @param previous the last value of each sheet, below which a number is not; empty for no such rule
 */
public record Field(String name, NumberRule rule, int decimals, Map<String, BigInteger> previous)
    implements Serializable {

  /** Copies the previous values. */
  public Field {
    previous = Map.copyOf(previous);
  }

  /** Returns the rule of the number on a sheet. */
  public NumberRule ruleOf(String sheet) {
    BigInteger last = previous.get(sheet);
    return last == null ? rule : rule.notBelow(last);
  }
}
