package org.digitrecognizer.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;

/** Pictures as addresses that hold the picture itself, so that a page needs no other file. */
final class Picture {

  private Picture() {}

  /** Returns a PNG of the digit as it stands on paper: dark ink on white. */
  static String of(DigitImage digit) {
    BufferedImage image =
        new BufferedImage(DigitImage.WIDTH, DigitImage.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    byte[] samples = digit.pixels();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) ~samples[i];
    }
    image.getRaster().setDataElements(0, 0, DigitImage.WIDTH, DigitImage.HEIGHT, samples);
    return of(image);
  }

  /** Returns a PNG of the scan. */
  static String of(GreyImage scan) {
    BufferedImage image =
        new BufferedImage(scan.width(), scan.height(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, scan.width(), scan.height(), scan.pixels());
    return of(image);
  }

  /** Returns a PNG of the image. */
  static String of(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(png)) {
      ImageIO.write(image, "png", output);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a PNG to memory", e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }
}
