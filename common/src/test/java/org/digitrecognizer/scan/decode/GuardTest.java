// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.Encoding;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanPages;
import org.junit.jupiter.api.Test;

class GuardTest {

  /** More pixels than a test's memory has room for, in a file of a few bytes. */
  private static final int SIDE = 46_000;

  @Test
  void anImageThatNeedsMoreMemoryThanThereIsIsTooLargeAndTheNextOneIsRead() throws IOException {
    ScanDecoder decoder = new ScanDecoder(new ScanLimits(1000, ScanLimits.MOST_BYTES, 1));
    Outcome<GreyImage> huge = decode(decoder, png(SIDE));
    assertThat(huge)
        .isEqualTo(
            new Outcome.Rejected<GreyImage>(
                new Rejection(
                    Reason.TOO_LARGE, "To decode a PNG image takes more memory than there is")));
    byte[] small = Encoding.image("png", Drawing.picture(new byte[] {1, 2, 3, 4}, 2));
    assertThat(decode(decoder, small)).isInstanceOf(Outcome.Ok.class);
  }

  private static Outcome<GreyImage> decode(ScanDecoder decoder, byte[] file) throws IOException {
    try (ScanPages pages = decoder.decode(file)) {
      return pages.next();
    }
  }

  /** A PNG image of 16 bits a pixel whose header says that it is of this size. */
  private static byte[] png(int side) throws IOException {
    byte[] png = Encoding.image("png", Drawing.picture(new byte[] {1, 2, 3, 4}, 2));
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, side).putInt(20, side).put(24, (byte) 16);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return png;
  }
}
