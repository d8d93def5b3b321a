// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Goes through the chunks of a PNG image (PNG Specification, Third Edition, 5 and 11). The JDK's
 * reader compares no checksums, refuses the whole image for a malformed comment, and unpacks
 * comments into memory whatever their size: it is given the chunks that the pixels need, and no
 * other.
 */
final class PngChunks {

  private static final int SIGNATURE = 8;
  private static final int FRAME = 12;
  private static final int HEADER = type("IHDR");
  private static final int PALETTE = type("PLTE");
  private static final int DATA = type("IDAT");
  private static final int END = type("IEND");
  private static final int TRANSPARENCY = type("tRNS");
  private static final int DENSITY = type("pHYs");
  private static final int EXIF = type("eXIf");

  /** Set in the type of a chunk that an image can be seen without. */
  private static final int ANCILLARY = 0x20000000;

  private static final int GREY = 0;
  private static final int COLOURS = 2;
  private static final int PALETTED = 3;

  private final byte[] bytes;
  private final ByteBuffer buffer;
  private final ByteArrayOutputStream needed;
  private int colours = -1;
  private int paletteSize;
  private boolean hasData;
  private boolean hasTransparency;
  private PixelDensity density = PixelDensity.UNKNOWN;
  private Presentation exif = Presentation.AS_STORED;

  private PngChunks(byte[] bytes) {
    this.bytes = bytes;
    this.buffer = ByteBuffer.wrap(bytes);
    this.needed = new ByteArrayOutputStream(bytes.length);
  }

  /**
   * Goes through an image.
   *
   * @throws IOException if a chunk that matters is damaged or the end is missing
   */
  static PngChunks read(byte[] bytes) throws IOException {
    PngChunks chunks = new PngChunks(bytes);
    chunks.needed.write(bytes, 0, SIGNATURE);
    int at = SIGNATURE;
    int type;
    do {
      long length =
          at + FRAME <= bytes.length ? Integer.toUnsignedLong(chunks.buffer.getInt(at)) : -1;
      if (length < 0 || length > bytes.length - at - FRAME) {
        throw new IOException("it ends too early");
      }
      type = chunks.buffer.getInt(at + 4);
      chunks.add(type, at + 8, (int) length);
      at += FRAME + (int) length;
    } while (type != END);
    return chunks;
  }

  /** Returns the image without what its pixels do not need. */
  byte[] needed() {
    return needed.toByteArray();
  }

  Presentation presentation() {
    return exif.withDensity(density);
  }

  private void add(int type, int at, int length) throws IOException {
    boolean critical = (type & ANCILLARY) == 0;
    if (critical && !isWhole(at, length)) {
      throw new IOException("a checksum is wrong");
    }
    if (type == HEADER && length > 9) {
      colours = bytes[at + 9];
    } else if (type == PALETTE) {
      paletteSize = length / 3;
    } else if (type == DATA) {
      hasData = true;
    } else if (type == DENSITY && length == 9) {
      density = new PixelDensity(unsigned(at), unsigned(at + 4));
    } else if (type == EXIF && isWhole(at, length)) {
      exif = ExifTags.read(bytes, at, length);
    }
    if (critical ? type != PALETTE || colours == PALETTED : isTransparency(type, at, length)) {
      needed.write(bytes, at - 8, length + FRAME);
    }
  }

  /** Whether it is the chunk that makes colours transparent, whole and in its place. */
  private boolean isTransparency(int type, int at, int length) {
    if (type != TRANSPARENCY || hasTransparency || hasData || !isWhole(at, length)) {
      return false;
    }
    hasTransparency =
        switch (colours) {
          case GREY -> length == 2;
          case COLOURS -> length == 6;
          case PALETTED -> length > 0 && length <= paletteSize;
          default -> false;
        };
    return hasTransparency;
  }

  private boolean isWhole(int at, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, at - 4, length + 4);
    return (int) crc.getValue() == buffer.getInt(at + length);
  }

  private double unsigned(int at) {
    return Integer.toUnsignedLong(buffer.getInt(at));
  }

  private static int type(String name) {
    return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
  }
}
