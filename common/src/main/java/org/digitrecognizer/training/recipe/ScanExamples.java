// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.training.augment.Augmentation;
import org.digitrecognizer.training.augment.Example;

/**
 * Digits made to look like those on paper, and images of pairs and of what is neither where there
 * are outputs.
 *
 * @param untouched share of the digits that stay as they are, besides those that the augmentation
 *     leaves, 0..1
 */
record ScanExamples(int outputs, double untouched) implements ExampleMaker {

  /** Sets what stays apart from what the augmentation draws. */
  private static final long UNTOUCHED = 0x756e_746f_7563_6864L;

  @Override
  public int count(int digits) {
    return outputs > DigitImage.CLASSES ? Augmentation.count(digits) : digits;
  }

  @Override
  public List<Example> examples(List<LabelledDigit> digits, long seed) {
    List<Example> all = new ArrayList<>(Augmentation.minibatch(digits, seed));
    SplittableRandom random = new SplittableRandom(seed ^ UNTOUCHED);
    for (int i = 0; i < digits.size(); i++) {
      if (random.nextDouble() < untouched) {
        all.set(i, new Example(digits.get(i).image(), digits.get(i).label()));
      }
    }
    return switch (outputs) {
      case DigitNetwork.OUTPUTS -> all;
      case DigitNetwork.NEITHER + 1 -> all.stream().map(ScanExamples::withoutPair).toList();
      default -> all.subList(0, digits.size());
    };
  }

  private static Example withoutPair(Example example) {
    return example.isDigit() ? example : new Example(example.image(), DigitNetwork.NEITHER);
  }

  @Override
  public List<LabelledDigit> hardened(List<LabelledDigit> digits, long seed) {
    return Augmentation.minibatch(digits, seed).subList(0, digits.size()).stream()
        .map(example -> new LabelledDigit(example.image(), example.label()))
        .toList();
  }
}
