// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;

/** Decodes files and says what came of them. */
final class Decoding {

  private Decoding() {}

  static List<Outcome<GreyImage>> all(byte[] file, ScanLimits limits) {
    List<Outcome<GreyImage>> outcomes = new ArrayList<>();
    try (ScanPages pages = new ScanDecoder(limits).decode(file)) {
      pages.forEachRemaining(outcomes::add);
    }
    return outcomes;
  }

  /** Returns the image of a file that has one and is read. */
  static GreyImage image(byte[] file) {
    return image(file, ScanLimits.DEFAULT);
  }

  static GreyImage image(byte[] file, ScanLimits limits) {
    List<Outcome<GreyImage>> pages = all(file, limits);
    assertThat(pages).hasSize(1);
    assertThat(pages.get(0)).isInstanceOf(Outcome.Ok.class);
    return ((Outcome.Ok<GreyImage>) pages.get(0)).value();
  }

  /** Returns why a file of one page is not read. */
  static Rejection rejection(byte[] file, ScanLimits limits) {
    List<Outcome<GreyImage>> pages = all(file, limits);
    assertThat(pages).hasSize(1);
    assertThat(pages.get(0)).isInstanceOf(Outcome.Rejected.class);
    return ((Outcome.Rejected<GreyImage>) pages.get(0)).rejection();
  }

  static int[] levels(byte[] file) {
    GreyImage image = image(file);
    int[] levels = new int[image.pixels().length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = image.pixels()[i] & 0xff;
    }
    return levels;
  }
}
