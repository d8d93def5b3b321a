// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.tar;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.digitrecognizer.archive.io.Damage;
import org.digitrecognizer.archive.io.EntryBytes;
import org.digitrecognizer.archive.io.EntryNames;

/**
 * Goes through a tar from entry to entry: POSIX ustar and pax, GNU and V7 (POSIX.1-2017, pax; GNU
 * tar 1.35 manual, "Basic Tar Format"). Skips content by {@link InputStream#skip}, so on a file it
 * hops.
 *
 * <p>A tar must end with a block of zeros: without it no one can tell whether the tar was cut off.
 * Entries behind it count too, since tars are joined end to end.
 */
public final class TarWalker {

  public static final int BLOCK = 512;

  /** No honest name or extended header is longer, and it is read into memory. */
  private static final long LONGEST_TEXT = 1 << 20;

  private static final long LARGEST = 1L << 60;

  private final InputStream in;
  private long position;
  private long contentLeft;
  private long paddingLeft;
  private boolean ended;

  /**
   * @param in stands at a header
   * @param position where that is in the unpacked tar, in bytes
   */
  TarWalker(InputStream in, long position) {
    this.in = in;
    this.position = position;
  }

  /** Where in the unpacked tar the walker stands, in bytes. */
  long position() {
    return position;
  }

  /**
   * Skips what is left of the entry and goes on to the next.
   *
   * @return null after the last
   * @throws Damage if no entry can be found from here on
   */
  TarHeader next() throws IOException {
    finishEntry();
    byte[] block = readFirstBlock();
    if (block == null) {
      return null;
    }
    long start = position - BLOCK;
    TarExtension extension = new TarExtension();
    while (TarExtension.isExtension((char) block[156])) {
      long size = parseSize(block);
      if (size > LONGEST_TEXT) {
        throw Damage.unreadable("The tar has a name of " + size + " bytes at byte " + start);
      }
      contentLeft = size;
      paddingLeft = padding(size);
      extension.add((char) block[156], readContent((int) size));
      finishEntry();
      block = readBlock();
      requireHeader(block);
    }
    return header(block, start, extension);
  }

  /**
   * Reads the content of the entry.
   *
   * @param size of the content, in bytes
   * @throws Damage if there is less
   */
  byte[] readContent(int size) throws IOException {
    byte[] bytes = EntryBytes.readSome(in, size);
    position += bytes.length;
    contentLeft -= bytes.length;
    if (bytes.length < size) {
      throw cutOff();
    }
    return bytes;
  }

  /**
   * Skips what is left of the content, but not the padding.
   *
   * @throws Damage if the tar ends before
   */
  void skipContent() throws IOException {
    while (contentLeft > 0) {
      long skipped = in.skip(contentLeft);
      if (skipped <= 0) {
        skipped = in.read() < 0 ? -1 : 1;
      }
      if (skipped < 0) {
        throw cutOff();
      }
      contentLeft -= skipped;
      position += skipped;
    }
  }

  private void finishEntry() throws IOException {
    skipContent();
    while (paddingLeft > 0) {
      long skipped = in.skip(paddingLeft);
      if (skipped <= 0 && in.read() < 0) {
        paddingLeft = 0;
        return;
      }
      long passed = Math.max(1, skipped);
      paddingLeft -= passed;
      position += passed;
    }
  }

  private TarHeader header(byte[] block, long start, TarExtension extension) throws IOException {
    char type = (char) (block[156] & 0xFF);
    boolean sparse = type == 'S' || extension.isSparse();
    if (type == 'S') {
      skipSparseMap(block);
    }
    boolean hasContent = type < '1' || type > '6';
    contentLeft = extension.size().orElse(hasContent ? parseSize(block) : 0);
    if (contentLeft < 0 || contentLeft > LARGEST) {
      throw damagedAt(start);
    }
    paddingLeft = padding(contentLeft);
    String name = extension.name().orElseGet(() -> name(block));
    return new TarHeader(name, type, contentLeft, start, sparse);
  }

  /** Passes over blocks of zeros; null if the tar ends after them. */
  private byte[] readFirstBlock() throws IOException {
    while (true) {
      byte[] block = in.readNBytes(BLOCK);
      position += block.length;
      if (block.length == 0 && ended) {
        return null;
      }
      if (block.length == 0) {
        throw Damage.unreadable("The tar has no end mark: it may have been cut off");
      }
      boolean zeros = isZeros(block);
      if (block.length < BLOCK && !zeros) {
        throw cutOff();
      }
      if (!zeros) {
        requireHeader(block);
        return block;
      }
      ended = true;
    }
  }

  private byte[] readBlock() throws IOException {
    byte[] block = in.readNBytes(BLOCK);
    position += block.length;
    if (block.length < BLOCK) {
      throw cutOff();
    }
    return block;
  }

  private void skipSparseMap(byte[] header) throws IOException {
    boolean more = header[482] != 0;
    while (more) {
      more = readBlock()[504] != 0;
    }
  }

  private void requireHeader(byte[] block) throws Damage {
    if (!isHeader(block)) {
      throw damagedAt(position - BLOCK);
    }
  }

  /** Whether a block of 512 bytes is a header, by its checksum. */
  public static boolean isHeader(byte[] block) {
    try {
      return !isZeros(block) && TarUtils.verifyCheckSum(block);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private long parseSize(byte[] block) throws Damage {
    try {
      long size = TarUtils.parseOctalOrBinary(block, 124, 12);
      if (size >= 0 && size <= LARGEST) {
        return size;
      }
    } catch (IllegalArgumentException e) {
      // Damaged, as is a size out of range.
    }
    throw damagedAt(position - BLOCK);
  }

  private static String name(byte[] block) {
    byte[] name = text(block, 0, 100);
    boolean posix = block[257] == 'u' && block[262] == 0;
    if (!posix || block[345] == 0) {
      return EntryNames.ofTar(name);
    }
    byte[] prefix = text(block, 345, 155);
    byte[] path = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    path[prefix.length] = '/';
    System.arraycopy(name, 0, path, prefix.length + 1, name.length);
    return EntryNames.ofTar(path);
  }

  private static byte[] text(byte[] block, int from, int most) {
    int end = from;
    while (end < from + most && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, from, end);
  }

  private static boolean isZeros(byte[] block) {
    int all = 0;
    for (byte b : block) {
      all |= b;
    }
    return all == 0;
  }

  static long padding(long size) {
    return -size & (BLOCK - 1);
  }

  private Damage cutOff() {
    return Damage.unreadable("The tar is cut off at byte " + position);
  }

  private static Damage damagedAt(long offset) {
    return Damage.unreadable("The tar is damaged at byte " + offset);
  }
}
