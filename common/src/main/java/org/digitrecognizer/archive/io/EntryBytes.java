// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.digit.Rejection.Reason;

/** Reads an entry whole, never more than it promises and the limits allow. */
public final class EntryBytes {

  /** A promised size is believed up to here; beyond, memory grows with the bytes that come. */
  private static final int TRUSTED = 1 << 20;

  private EntryBytes() {}

  /**
   * Reads an entry that must end where it promises.
   *
   * @param size the size that is promised, 0 or more
   * @throws Damage if there are more bytes; fewer are for the caller to judge
   */
  public static byte[] readAll(InputStream in, long size) throws IOException {
    byte[] bytes = readSome(in, size);
    if (bytes.length == size && in.read() >= 0) {
      throw Damage.corrupt("It unpacks to more than the " + size + " bytes it promises");
    }
    return bytes;
  }

  /**
   * Reads the next bytes of what goes on after them.
   *
   * @param size how many, 0 or more; fewer only if there are no more
   */
  public static byte[] readSome(InputStream in, long size) throws IOException {
    byte[] bytes = new byte[(int) Math.min(size, TRUSTED)];
    int read = 0;
    while (true) {
      read += in.readNBytes(bytes, read, bytes.length - read);
      if (read == size) {
        return bytes;
      }
      if (read < bytes.length) {
        return Arrays.copyOf(bytes, read);
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(size, 2L * bytes.length));
    }
  }

  public static Damage tooLarge(long size, ArchiveLimits limits) {
    return new Damage(
        Reason.TOO_LARGE, "It is " + size + " bytes, and the limit is " + limits.entryBytes());
  }
}
