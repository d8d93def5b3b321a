// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.recipe;

import java.util.List;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.training.augment.Example;

/** Digits as they are. */
record PlainExamples(int outputs) implements ExampleMaker {

  @Override
  public int count(int digits) {
    return digits;
  }

  @Override
  public List<Example> examples(List<LabelledDigit> digits, long seed) {
    return digits.stream().map(digit -> new Example(digit.image(), digit.label())).toList();
  }

  @Override
  public List<LabelledDigit> hardened(List<LabelledDigit> digits, long seed) {
    return digits;
  }
}
