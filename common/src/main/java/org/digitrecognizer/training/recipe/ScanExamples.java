// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.recipe;

import java.util.List;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.training.augment.Augmentation;
import org.digitrecognizer.training.augment.Example;

/** Digits made to look like those on paper, and images of what is none where there is an output. */
record ScanExamples(int outputs) implements ExampleMaker {

  @Override
  public int count(int digits) {
    return outputs > DigitImage.CLASSES ? Augmentation.count(digits) : digits;
  }

  @Override
  public List<Example> examples(List<LabelledDigit> digits, long seed) {
    List<Example> all = Augmentation.minibatch(digits, seed);
    return outputs > DigitImage.CLASSES ? all : all.subList(0, digits.size());
  }

  @Override
  public List<LabelledDigit> hardened(List<LabelledDigit> digits, long seed) {
    return Augmentation.minibatch(digits, seed).subList(0, digits.size()).stream()
        .map(example -> new LabelledDigit(example.image(), example.label()))
        .toList();
  }
}
