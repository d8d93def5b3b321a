// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.model.DigitNetwork;

/**
 * An image to train on and what it shows.
 *
 * @param image in MNIST's form
 * @param label the digit, 0 to 9, or {@link DigitNetwork#NEITHER} of one and two, or {@link
 *     DigitNetwork#pair}
 */
public record Example(DigitImage image, int label) {

  /**
   * @throws IllegalArgumentException if the label is none of these
   */
  public Example {
    if (label < 0 || label >= DigitNetwork.OUTPUTS) {
      throw new IllegalArgumentException(
          "A label is 0 to " + (DigitNetwork.OUTPUTS - 1) + ", not " + label);
    }
  }

  /** Whether it shows one digit. */
  public boolean isDigit() {
    return label < DigitImage.CLASSES;
  }
}
