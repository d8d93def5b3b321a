// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.zip;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.archive.io.Compression;
import org.digitrecognizer.archive.io.Damage;
import org.digitrecognizer.archive.io.EntryBytes;
import org.digitrecognizer.archive.io.FileWindow;
import org.digitrecognizer.digit.Rejection.Reason;

/** Unpacks the entries of a zip, one after the other, and checks each against its header. */
final class ZipUnpacker implements Closeable {

  private static final int STORED = 0;
  private static final int DEFLATE = 8;
  private static final int DEFLATE64 = 9;
  private static final int BZIP2 = 12;
  private static final int ZSTD_OF_OLD = 20;
  private static final int ZSTD = 93;
  private static final int XZ = 95;

  private static final int BUFFER = 8 << 10;

  private final FileWindow file;
  private final ArchiveLimits limits;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();

  ZipUnpacker(FileWindow file, ArchiveLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  /**
   * Says what its header alone tells against an entry.
   *
   * @throws Damage if it is not to be unpacked
   */
  void check(ZipMember member) throws Damage {
    if (member.isLink()) {
      throw new Damage(Reason.UNSUPPORTED_FORMAT, "It is a symbolic link, not a file");
    }
    if (member.isEncrypted()) {
      throw new Damage(Reason.ENCRYPTED, "It needs a password");
    }
    if (!isSupported(member.method())) {
      throw new Damage(
          Reason.UNSUPPORTED_FORMAT, "Zip method " + member.method() + " is not unpacked here");
    }
    if (member.unpacked() < 0 || member.packed() < 0) {
      throw Damage.corrupt("Its header promises a negative size");
    }
    checkSize(member);
  }

  /**
   * Unpacks an entry whose header is good.
   *
   * @param member sizes and CRC as the central directory has them
   * @param data where the packed bytes start, in bytes of the file
   * @throws Damage if the bytes are not what the header promises
   */
  byte[] unpack(ZipMember member, long data) throws IOException {
    if (data > file.length() - member.packed()) {
      throw Damage.corrupt("The file ends before the entry does");
    }
    file.seek(data);
    byte[] bytes = read(member);
    if (bytes.length < member.unpacked()) {
      throw Damage.corrupt(
          "It unpacks to " + bytes.length + " bytes instead of " + member.unpacked());
    }
    crc.reset();
    crc.update(bytes);
    if (crc.getValue() != member.crc()) {
      throw Damage.corrupt("Its checksum (CRC-32) does not match its bytes");
    }
    return bytes;
  }

  /** What is opened is closed: zstd keeps memory of its own, which no collector counts. */
  private byte[] read(ZipMember member) throws IOException {
    try (InputStream in = open(member)) {
      return EntryBytes.readAll(in, member.unpacked());
    }
  }

  @Override
  public void close() {
    inflater.end();
  }

  private void checkSize(ZipMember member) throws Damage {
    if (member.unpacked() == 0) {
      throw new Damage(Reason.EMPTY, "It has no bytes");
    }
    if (member.unpacked() > limits.entryBytes()) {
      throw EntryBytes.tooLarge(member.unpacked(), limits);
    }
    if (limits.isBomb(member.packed(), member.unpacked())) {
      throw new Damage(
          Reason.TOO_LARGE,
          "It unpacks from %d to %d bytes, and the limit is %d times as many"
              .formatted(member.packed(), member.unpacked(), limits.ratio()));
    }
  }

  private InputStream open(ZipMember member) throws IOException {
    InputStream packed = new Part(file, member.packed());
    return switch (member.method()) {
      case STORED -> packed;
      case DEFLATE -> inflate(packed, member.packed());
      case DEFLATE64 -> new Deflate64CompressorInputStream(packed);
      case BZIP2 -> Compression.bzip2(packed);
      case ZSTD, ZSTD_OF_OLD -> Compression.zstd(packed);
      case XZ -> Compression.xz(packed);
      default -> throw new IllegalArgumentException("Method " + member.method());
    };
  }

  private InputStream inflate(InputStream packed, long size) {
    inflater.reset();
    return new InflaterInputStream(packed, inflater, (int) Math.max(1, Math.min(size, BUFFER)));
  }

  private static boolean isSupported(int method) {
    return switch (method) {
      case STORED, DEFLATE, DEFLATE64, BZIP2, ZSTD, ZSTD_OF_OLD, XZ -> true;
      default -> false;
    };
  }

  /** The next bytes of a file and no more. */
  private static final class Part extends FilterInputStream {

    private long left;

    Part(InputStream in, long size) {
      super(in);
      left = size;
    }

    @Override
    public int read() throws IOException {
      int read = left > 0 ? in.read() : -1;
      left -= read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (left <= 0) {
        return count == 0 ? 0 : -1;
      }
      int read = in.read(target, offset, (int) Math.min(count, left));
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(left, in.available());
    }

    @Override
    public void close() {
      // The file has more entries.
    }
  }
}
