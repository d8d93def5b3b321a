// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Files of every kind, damaged; and a program that decodes them. */
public final class DamagedScans {

  private DamagedScans() {}

  /**
   * Decodes damaged files and prints how many pages were rejected.
   *
   * @param arguments how often each file is damaged
   */
  public static void main(String[] arguments) throws IOException {
    ScanDecoder decoder = new ScanDecoder(new ScanLimits(1 << 20, 200_000, 20));
    int rejected = 0;
    for (byte[] file : files()) {
      for (int round = 0; round < Integer.parseInt(arguments[0]); round++) {
        byte[] damaged = damage(file, new Random(round));
        try (ScanPages pages = decoder.decode(damaged)) {
          while (pages.hasNext()) {
            rejected += pages.next() instanceof Outcome.Rejected ? 1 : 0;
          }
        }
      }
    }
    System.out.println(rejected + " rejected");
  }

  /** Returns a file with some of its bytes flipped, cut off, overwritten or moved. */
  public static byte[] damage(byte[] file, Random random) {
    byte[] bytes = file.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = 0; i <= random.nextInt(8); i++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> {
        // Headers are at the beginning.
        for (int i = 0; i <= random.nextInt(5); i++) {
          bytes[random.nextInt(Math.min(64, bytes.length))] = (byte) random.nextInt(256);
        }
      }
      default -> {
        int from = random.nextInt(bytes.length);
        int to = random.nextInt(bytes.length);
        int length = random.nextInt(bytes.length - Math.max(from, to));
        System.arraycopy(file, from, bytes, to, length);
      }
    }
    return bytes;
  }

  /** Returns sound files, one of each kind. */
  public static List<byte[]> files() throws IOException {
    BufferedImage digit = Drawing.picture(MnistDigits.images("t10k")[0], 28);
    BufferedImage bits = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_BINARY);
    bits.createGraphics().drawImage(digit, 0, 0, null);
    List<byte[]> files = new ArrayList<>();
    for (String format : List.of("png", "jpeg", "bmp", "gif", "pnm")) {
      files.add(Encoding.image(format, digit));
    }
    for (String compression : List.of("CCITT T.4", "CCITT T.6", "LZW", "Deflate", "PackBits")) {
      files.add(Encoding.tiff(compression, List.of(bits, bits)));
    }
    files.add(Encoding.tiff("JPEG", List.of(digit)));
    files.add(Encoding.cmykTiff(new byte[400]));
    files.add(Encoding.pdf(true, List.of(digit)));
    files.add(Encoding.pdf(false, List.of(digit)));
    files.add(Encoding.jbig2Pdf(bits));
    return files;
  }
}
