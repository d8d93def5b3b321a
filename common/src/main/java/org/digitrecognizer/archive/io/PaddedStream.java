// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/**
 * What a library unpacks that takes zeros behind the last of a file's joined parts for damage. They
 * are none: what writes in blocks, as tar does into a pipe, fills up the last one.
 */
final class PaddedStream extends InputStream {

  private static final int WINDOW = 64 << 10;

  private final InputStream unpacked;
  private final FileWindow file;
  private final Predicate<IOException> isNoPart;
  private boolean hasRead;
  private boolean ended;

  /**
   * @param unpacked by the library, which throws at no byte's expense
   * @param file that the library reads from
   * @param isNoPart whether the library says that no part begins where it has come to
   */
  PaddedStream(InputStream unpacked, FileWindow file, Predicate<IOException> isNoPart) {
    this.unpacked = unpacked;
    this.file = file;
    this.isNoPart = isNoPart;
  }

  /** Whether it is what bzip2's library says. */
  static boolean isNoBzip2(IOException e) {
    return String.valueOf(e.getMessage()).contains("after a valid BZip2 stream");
  }

  /** Whether it is what Zstandard's library says. */
  static boolean isNoZstd(IOException e) {
    return e instanceof ZstdIOException zstd && zstd.getErrorCode() == Zstd.errPrefixUnknown();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (ended) {
      return -1;
    }
    try {
      int read = unpacked.read(target, offset, count);
      hasRead |= read > 0;
      return read;
    } catch (IOException e) {
      if (!hasRead || !isNoPart.test(e) || !isPadding()) {
        throw e;
      }
      ended = true;
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }

  /** Whether nothing but zeros is behind what has been read. */
  private boolean isPadding() throws IOException {
    long read = file.position();
    long end = file.length();
    while (end > 0) {
      long start = Math.max(0, end - WINDOW);
      byte[] bytes = file.readAt(start, (int) (end - start));
      int last = bytes.length - 1;
      while (last >= 0 && bytes[last] == 0) {
        last--;
      }
      if (last >= 0) {
        return start + last < file.length() - 1 && start + last < read;
      }
      end = start;
    }
    return false;
  }
}
