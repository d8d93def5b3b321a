// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.scan.normalise.NormalisationSteps;

/**
 * Finds the one digit on a scan and brings it into MNIST's form. A digit that has this form already
 * stays what it was, pixel by pixel. Immutable; any number of threads may share one.
 */
public final class ScanNormaliser {

  /**
   * Which normalisation this is, and which other views of a scan it is asked for: readings of
   * images that were found differently do not mix.
   */
  public static final String NORMALISATION_VERSION = "6";

  private final ThreadLocal<NormalisationSteps> steps =
      ThreadLocal.withInitial(NormalisationSteps::new);

  /**
   * Normalises a scan of any size, dark on light or light on dark.
   *
   * @return the digit; or BLANK or MULTIPLE_DIGITS
   */
  public Outcome<DigitImage> normalise(GreyImage scan) {
    return steps.get().normalise(scan);
  }
}
