// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Unpacks a gzip file of one member or several that are joined. Zeros behind a member are no
 * damage: what writes in blocks, as tar does into a pipe, fills up the last one.
 */
final class GzipMembers extends InputStream {

  private final InputStream packed;
  private InputStream member;

  /**
   * @param file stands at the first member; stays open
   */
  GzipMembers(InputStream file) throws IOException {
    // A member that has ended goes back to its end, which needs a mark.
    this.packed = new BufferedInputStream(file);
    this.member = open(packed);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    while (member != null) {
      int read = member.read(target, offset, count);
      if (read >= 0) {
        return read;
      }
      member = next();
    }
    return -1;
  }

  /** Returns the member behind zeros, or null if there is none. */
  private InputStream next() throws IOException {
    int first;
    do {
      packed.mark(1);
      first = packed.read();
    } while (first == 0);
    packed.reset();
    return first < 0 ? null : open(packed);
  }

  private static InputStream open(InputStream packed) throws IOException {
    return GzipCompressorInputStream.builder().setInputStream(packed).get();
  }
}
