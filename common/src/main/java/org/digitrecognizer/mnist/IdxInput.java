// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.mnist;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.failure.UnreadableFile;
import org.digitrecognizer.failure.UserException;

/**
 * One IDX file as a stream of items, gzip or not by its content. Whatever is wrong with the file is
 * a {@link UserException}; an {@link IOException} is a failure of the file system.
 */
final class IdxInput implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_MAGIC = 0x1f8b;

  private final Path path;
  private final IdxKind kind;
  private final MessageDigest sha256;
  private final InputStream stored;
  private final InputStream unpacked;
  private final long count;
  private long position;

  private IdxInput(Path path, IdxKind kind, InputStream file, MessageDigest sha256)
      throws IOException {
    this.path = path;
    this.kind = kind;
    this.sha256 = sha256;
    this.stored = new BufferedInputStream(file, BUFFER_BYTES);
    this.unpacked = unpack();
    this.count = readHeader();
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws UserException if it is missing, may not be read or is not what {@code kind} says
   */
  static IdxInput open(Path path, IdxKind kind, Configuration conf) throws IOException {
    return open(path, kind, conf, null);
  }

  /** Opens a file likewise; {@link #sha256} can be asked once {@link #requireEnd} was called. */
  static IdxInput openWithSum(Path path, IdxKind kind, Configuration conf) throws IOException {
    return open(path, kind, conf, DigestUtils.getSha256Digest());
  }

  private static IdxInput open(Path path, IdxKind kind, Configuration conf, MessageDigest sum)
      throws IOException {
    FileSystem fileSystem = path.getFileSystem(conf);
    InputStream file;
    try {
      file = fileSystem.open(path);
    } catch (FileNotFoundException e) {
      UnreadableFile.refuse(fileSystem, path, e);
      throw new UserException(path + " does not exist", e);
    }
    try {
      return new IdxInput(path, kind, sum == null ? file : new DigestInputStream(file, sum), sum);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private InputStream unpack() throws IOException {
    stored.mark(2);
    int magic = stored.read() << 8 | stored.read();
    stored.reset();
    if (magic != GZIP_MAGIC) {
      return stored;
    }
    try {
      return new BufferedInputStream(new GZIPInputStream(stored, BUFFER_BYTES), BUFFER_BYTES);
    } catch (EOFException e) {
      throw damaged("it ends within its header", e);
    } catch (ZipException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  private long readHeader() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(kind.headerBytes());
    int magicBytes = read(header.array(), 0, Integer.BYTES);
    int magic = header.getInt();
    if (magicBytes == Integer.BYTES && magic != kind.magic()) {
      throw new UserException(
          String.format(
              "%s is no IDX file of %s: expected magic number 0x%08x, found 0x%08x",
              path, kind.items, kind.magic(), magic));
    }
    int found = magicBytes + read(header.array(), magicBytes, header.capacity() - magicBytes);
    if (found < header.capacity()) {
      throw new UserException(
          String.format(
              "%s is cut short: expected a header of %d bytes, found %d",
              path, header.capacity(), found));
    }
    int items = header.getInt();
    if (items < 0) {
      throw new UserException(
          String.format("%s: expected a number of %s, found %d", path, kind.items, items));
    }
    if (kind == IdxKind.IMAGES) {
      requireSize(header.getInt(), header.getInt());
    }
    return items;
  }

  private void requireSize(int rows, int columns) {
    if (rows != DigitImage.HEIGHT || columns != DigitImage.WIDTH) {
      throw new UserException(
          String.format(
              "%s: expected images of %d x %d pixels, found %d x %d",
              path, DigitImage.HEIGHT, DigitImage.WIDTH, rows, columns));
    }
  }

  /** Returns how many items the header promises. */
  long count() {
    return count;
  }

  /** Passes over items. */
  void skip(long items) throws IOException {
    long bytes = items * kind.itemBytes;
    try {
      unpacked.skipNBytes(bytes);
      position += bytes;
    } catch (ZipException e) {
      throw damaged(e.getMessage(), e);
    } catch (EOFException e) {
      throw new UserException(
          String.format(
              "%s is cut short: expected %d bytes, found no more than %d",
              path, expectedBytes(), position + bytes),
          e);
    }
  }

  /**
   * Reads the next item.
   *
   * @param item receives its bytes
   */
  void read(byte[] item) throws IOException {
    if (read(item, 0, kind.itemBytes) < kind.itemBytes) {
      throw new UserException(
          String.format(
              "%s is cut short: expected %d bytes for %d %s, found %d",
              path, expectedBytes(), count, kind.items, position));
    }
  }

  /** Reads to the end of the file, which must come where the header promises. */
  void requireEnd() throws IOException {
    byte[] beyond = new byte[BUFFER_BYTES];
    while (read(beyond, 0, beyond.length) == beyond.length) {}
    if (position > expectedBytes()) {
      throw new UserException(
          String.format(
              "%s is too long: expected %d bytes for %d %s, found %d",
              path, expectedBytes(), count, kind.items, position));
    }
    // A gzip stream may leave bytes behind, and the sum is that of the whole file.
    stored.transferTo(OutputStream.nullOutputStream());
  }

  /** Returns the SHA-256 of the file as it is stored, in hexadecimal. */
  String sha256() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  private long expectedBytes() {
    return kind.headerBytes() + count * kind.itemBytes;
  }

  /** Reads as many bytes as there are, and counts them. */
  private int read(byte[] target, int offset, int length) throws IOException {
    int total = 0;
    try {
      while (total < length) {
        int n = unpacked.read(target, offset + total, length - total);
        if (n < 0) {
          break;
        }
        total += n;
      }
    } catch (EOFException e) {
      // A gzip stream that ends early is a file that ends early.
    } catch (ZipException e) {
      throw damaged(e.getMessage(), e);
    } finally {
      position += total;
    }
    return total;
  }

  private UserException damaged(String how, IOException e) {
    return new UserException(
        String.format(
            "%s is a damaged gzip file, after %d bytes unpacked: %s", path, position, how),
        e);
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }
}
