// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.reading.FoundDigits;
import org.digitrecognizer.scan.ScanNormaliser;

/**
 * A labelled scan of the site.
 *
 * @param archive that it lies in; empty for a file that is no archive
 * @param folder the part of its name before the last slash, in the archive or below the files' root
 * @param origin what the user's pattern finds in its name; null without a pattern
 * @param digit what the network sees at first, and the truth
 * @param scan where the digit was found, shrunk as {@link org.digitrecognizer.scan.ScanThumbnail}
 *     does
 */
record SiteScan(String archive, String folder, String origin, LabelledDigit digit, GreyImage scan)
    implements Serializable {

  /** Returns all that the network may see of it, what it sees at first first. */
  List<LabelledDigit> views() {
    List<DigitImage> images = new ArrayList<>(List.of(digit.image()));
    images.addAll(FoundDigits.otherViews(scan, new ScanNormaliser()));
    return images.stream().map(image -> new LabelledDigit(image, digit.label())).toList();
  }

  /** Returns it as scoring reads it. */
  FoundDigits.Found found() {
    return new FoundDigits.Found(digit.image(), scan, null);
  }
}
