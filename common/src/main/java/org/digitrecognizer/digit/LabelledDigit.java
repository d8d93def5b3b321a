// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.digit;

import java.io.Serializable;

/**
 * An image of a digit and which digit it is.
 *
 * @param image the image
 * @param label the true digit, 0 to 9
 */
public record LabelledDigit(DigitImage image, int label) implements Serializable {

  /**
   * @throws IllegalArgumentException if the label is no digit
   */
  public LabelledDigit {
    if (label < 0 || label >= DigitImage.CLASSES) {
      throw new IllegalArgumentException("A label is 0 to 9, not " + label);
    }
  }
}
