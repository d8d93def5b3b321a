// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.digit.Rejection.Reason;

/** Stops a compressed file that unpacks to too many times its size so far. */
public final class BombGuard extends FilterInputStream {

  /** To skip is to unpack: not much of it goes by unseen. */
  private static final long LONGEST_SKIP = 64 << 10;

  private final LongSupplier packed;
  private final ArchiveLimits limits;
  private long unpacked;

  /**
   * @param in the unpacked bytes
   * @param packed how many bytes have been read to unpack them
   */
  public BombGuard(InputStream in, LongSupplier packed, ArchiveLimits limits) {
    super(in);
    this.packed = packed;
    this.limits = limits;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    add(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    int read = in.read(target, offset, count);
    add(read);
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(Math.min(count, LONGEST_SKIP));
    add(skipped);
    return skipped;
  }

  private void add(long count) throws Damage {
    unpacked += Math.max(0, count);
    if (limits.isBomb(packed.getAsLong(), unpacked)) {
      throw new Damage(
          Reason.TOO_LARGE,
          "It unpacks to more than %d times its size: the rest of it is not read"
              .formatted(limits.ratio()));
    }
  }
}
