// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.digitrecognizer.scan.ScanLimits;

/** Goes through the segments of a JPEG image without decoding it (ITU-T T.81, Annex B). */
public final class JpegSegments {

  /** How often a progressive image of the full size may be gone over; honest ones have some ten. */
  private static final int COATS = 16;

  /** No honest image of any size has more scans. */
  private static final int MOST_SCANS = 500;

  private static final int MARKER = 0xff;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;
  private final ByteBuffer buffer;
  private long pixels;
  private long scans;
  private PixelDensity density = PixelDensity.UNKNOWN;
  private Presentation exif = Presentation.AS_STORED;

  private JpegSegments(byte[] bytes) {
    this.bytes = bytes;
    this.buffer = ByteBuffer.wrap(bytes);
  }

  /** Goes through an image up to where it ends or is damaged; decoding it will tell. */
  public static JpegSegments read(byte[] bytes) {
    JpegSegments segments = new JpegSegments(bytes);
    segments.walk();
    return segments;
  }

  /**
   * The JDK's reader fills what is missing with grey.
   *
   * @throws IOException if no end comes after the last scan begins
   */
  void requireEnd() throws IOException {
    if (last(END_OF_IMAGE) < last(START_OF_SCAN)) {
      throw new IOException("it ends too early");
    }
  }

  /** Returns why it takes too long to decode, since each scan goes over all of it; or null. */
  public String tooManyScans(ScanLimits limits) {
    return scans > MOST_SCANS || scans * pixels > COATS * limits.pixels()
        ? "The JPEG image of " + pixels + " pixels is stored in " + scans + " scans, too many"
        : null;
  }

  Presentation presentation() {
    return exif.withDensity(density);
  }

  private void walk() {
    int at = next(0);
    while (at >= 0 && at + 4 <= bytes.length && marker(at) != END_OF_IMAGE) {
      int marker = marker(at);
      if (isBare(marker)) {
        at = next(at + 2);
        continue;
      }
      int length = Short.toUnsignedInt(buffer.getShort(at + 2)) - 2;
      if (length < 0 || length > bytes.length - at - 4) {
        return;
      }
      add(marker, at + 4, length);
      at = next(at + 4 + length);
    }
  }

  private void add(int marker, int at, int length) {
    if (isFrame(marker) && length >= 5) {
      int height = Short.toUnsignedInt(buffer.getShort(at + 1));
      int width = Short.toUnsignedInt(buffer.getShort(at + 3));
      pixels = Math.max(pixels, (long) width * height);
    } else if (marker == START_OF_SCAN) {
      scans++;
    } else if (marker == APP0 && length >= 12 && startsWith(at, JFIF)) {
      density =
          new PixelDensity(
              Short.toUnsignedInt(buffer.getShort(at + 8)),
              Short.toUnsignedInt(buffer.getShort(at + 10)));
    } else if (marker == APP1 && ExifTags.isMarked(bytes, at, length)) {
      exif = ExifTags.read(bytes, at, length);
    }
  }

  /** Returns where the next marker is, past what a scan holds; -1 if there is none. */
  private int next(int from) {
    for (int at = from; at + 1 < bytes.length; at++) {
      int marker = marker(at);
      if ((bytes[at] & 0xff) == MARKER && marker != 0 && marker != MARKER) {
        return at;
      }
    }
    return -1;
  }

  private int marker(int at) {
    return bytes[at + 1] & 0xff;
  }

  /** Whether nothing belongs to the marker: starts, restarts and a relic. */
  private static boolean isBare(int marker) {
    return (marker >= 0xd0 && marker <= 0xd8) || marker == 1;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private boolean startsWith(int at, byte[] start) {
    return Arrays.equals(bytes, at, at + start.length, start, 0, start.length);
  }

  private int last(int marker) {
    int at = bytes.length - 2;
    while (at >= 0 && !((bytes[at] & 0xff) == MARKER && marker(at) == marker)) {
      at--;
    }
    return at;
  }
}
