// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report.picture;

import java.awt.image.BufferedImage;
import java.util.Base64;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Png;

/** Pictures as addresses that hold the picture itself, so that a page needs no other file. */
public final class Picture {

  private Picture() {}

  /** Returns a PNG of the digit as it stands on paper: dark ink on white. */
  public static String of(DigitImage digit) {
    byte[] samples = digit.pixels();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) ~samples[i];
    }
    return of(new GreyImage(DigitImage.WIDTH, DigitImage.HEIGHT, samples));
  }

  /** Returns a PNG of the scan. */
  public static String of(GreyImage scan) {
    return address(Png.encode(scan));
  }

  /** Returns a PNG of the image. */
  public static String of(BufferedImage image) {
    return address(Png.encode(image));
  }

  private static String address(byte[] png) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
