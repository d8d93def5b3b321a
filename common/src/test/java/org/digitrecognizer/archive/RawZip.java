// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zips byte by byte, as no honest writer would. */
public final class RawZip {

  static final int STORED = 0;
  static final int DEFLATE = 8;
  static final int DESCRIPTOR = 8;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<byte[]> central = new ArrayList<>();

  /** A header: what both the local and the central one say, unless they are told apart. */
  public record Header(
      String name, int flags, int method, long crc, long packed, long unpacked, String extra) {

    /** A header that tells the truth. */
    public Header(String name, int method, byte[] packed, byte[] unpacked) {
      this(name, 0, method, RawZip.crc(unpacked), packed.length, unpacked.length, "");
    }

    /** Returns the header with other flags. */
    public Header withFlags(int other) {
      return new Header(name, other, method, crc, packed, unpacked, extra);
    }

    /** Returns the header with another CRC-32. */
    public Header withCrc(long other) {
      return new Header(name, flags, method, other, packed, unpacked, extra);
    }

    /** Returns the header with other sizes, in bytes. */
    public Header withSizes(long otherPacked, long otherUnpacked) {
      return new Header(name, flags, method, crc, otherPacked, otherUnpacked, extra);
    }

    Header withName(byte[] other, byte[] otherExtra) {
      return new Header(latin1(other), flags, method, crc, packed, unpacked, latin1(otherExtra));
    }

    byte[] names() {
      return (name + extra).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String latin1(byte[] bytes) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  static RawZip stored(String... namesAndTexts) {
    RawZip zip = new RawZip();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      byte[] text = Samples.ascii(namesAndTexts[i + 1]);
      zip.add(new Header(namesAndTexts[i], STORED, text, text), text);
    }
    return zip;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  int size() {
    return bytes.size();
  }

  /** Adds an entry. */
  public RawZip add(Header header, byte[] packed) {
    return add(header, header, packed, 0);
  }

  /** Adds an entry whose local and central headers differ. */
  RawZip add(Header local, Header listed, byte[] packed, int mode) {
    int start = bytes.size();
    local(local);
    raw(packed);
    return list(listed, start, mode);
  }

  RawZip local(Header header) {
    byte[] fixed = new byte[30];
    ByteBuffer local = littleEndian(fixed);
    local.putInt(0x04034b50).putShort((short) 20);
    common(local, header);
    raw(fixed);
    return raw(header.names());
  }

  RawZip raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  /** Adds a header to the central directory only. */
  public RawZip list(Header header, long start, int mode) {
    byte[] fixed = new byte[46];
    ByteBuffer buffer = littleEndian(fixed);
    buffer.putInt(0x02014b50).put((byte) 20).put((byte) 3).putShort((short) 20);
    common(buffer, header);
    buffer.putShort(40, (short) mode);
    buffer.putInt(42, (int) start);
    central.add(Samples.join(fixed, header.names()));
    return this;
  }

  byte[] directory() {
    return Samples.join(central.toArray(byte[][]::new));
  }

  byte[] finish(byte[] comment) {
    int start = bytes.size();
    central.forEach(this::raw);
    byte[] fixed = new byte[22];
    ByteBuffer end = littleEndian(fixed);
    end.putInt(0x06054b50).putInt(0);
    end.putShort((short) central.size()).putShort((short) central.size());
    end.putInt(bytes.size() - start).putInt(start).putShort((short) comment.length);
    raw(fixed);
    raw(comment);
    return bytes.toByteArray();
  }

  /** Returns the whole zip, its directory at the end. */
  public byte[] finish() {
    return finish(new byte[0]);
  }

  /** Returns bytes packed by Deflate. */
  public static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(bytes);
    deflater.finish();
    byte[] packed = new byte[bytes.length + 64];
    int size = deflater.deflate(packed);
    deflater.end();
    return java.util.Arrays.copyOf(packed, size);
  }

  static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  static byte[] ints(int... values) {
    byte[] bytes = new byte[4 * values.length];
    ByteBuffer buffer = littleEndian(bytes);
    for (int value : values) {
      buffer.putInt(value);
    }
    return bytes;
  }

  private static void common(ByteBuffer buffer, Header header) {
    buffer.putShort((short) header.flags()).putShort((short) header.method()).putInt(0);
    buffer.putInt((int) header.crc()).putInt((int) header.packed()).putInt((int) header.unpacked());
    buffer.putShort((short) header.name().length()).putShort((short) header.extra().length());
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
