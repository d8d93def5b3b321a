package org.digitrecognizer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to the bytes of a file, what comes out is pages and rejections. */
class ScanFuzzTest {

  private static final ScanLimits LIMITS = new ScanLimits(1 << 20, 200_000, 20);
  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 150);

  private final ScanDecoder decoder = new ScanDecoder(LIMITS);
  private final ScanNormaliser normaliser = new ScanNormaliser();

  @Test
  @Timeout(300)
  void everyDamagedFileEndsInPagesOrRejections() throws IOException {
    List<byte[]> files = files();
    int rejected = 0;
    for (int file = 0; file < files.size(); file++) {
      for (int round = 0; round < ROUNDS; round++) {
        Random random = new Random(1000L * file + round);
        rejected += read(damage(files.get(file), random));
      }
    }
    assertThat(rejected).as("or the damage did none").isGreaterThan(files.size() * ROUNDS / 4);
  }

  private int read(byte[] bytes) throws IOException {
    int rejected = 0;
    int read = 0;
    try (ScanPages pages = decoder.decode(new ByteArrayInputStream(bytes), bytes.length)) {
      while (pages.hasNext()) {
        read++;
        Outcome<GreyImage> page = pages.next();
        if (page instanceof Outcome.Ok<GreyImage> ok) {
          assertThat(ok.value().pixels().length).isLessThanOrEqualTo((int) LIMITS.pixels());
          assertThat(normaliser.normalise(ok.value())).isNotNull();
        } else {
          rejected++;
          Rejection rejection = ((Outcome.Rejected<GreyImage>) page).rejection();
          assertThat(rejection.detail()).isNotBlank().doesNotContain("\n");
        }
      }
      assertThat(read).isEqualTo(pages.count()).isBetween(1, LIMITS.pages());
    }
    return rejected;
  }

  private static byte[] damage(byte[] file, Random random) {
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

  private static List<byte[]> files() throws IOException {
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
