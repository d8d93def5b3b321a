// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import org.digitrecognizer.digit.DigitImage;

/**
 * An image to train on and what it shows.
 *
 * @param image in MNIST's form
 * @param label the digit, 0 to 9, or {@link #NOT_ONE_DIGIT}
 */
public record Example(DigitImage image, int label) {

  /**
   * The label of what is not one digit: a half, a pair, a dot, a dash, a rule, a scribble, paper.
   */
  public static final int NOT_ONE_DIGIT = DigitImage.CLASSES;

  /**
   * @throws IllegalArgumentException if the label is neither a digit nor {@link #NOT_ONE_DIGIT}
   */
  public Example {
    if (label < 0 || label > NOT_ONE_DIGIT) {
      throw new IllegalArgumentException("A label is 0 to " + NOT_ONE_DIGIT + ", not " + label);
    }
  }
}
