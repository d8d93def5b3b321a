// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads byte by byte from a library that does so itself, and that loses what it has read already
 * when it throws: first come the bytes, then what is thrown.
 */
final class Bytewise extends FilterInputStream {

  private IOException thrown;

  Bytewise(InputStream in) {
    super(in);
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    int read = 0;
    while (read < count && thrown == null) {
      try {
        int next = in.read();
        if (next < 0) {
          break;
        }
        target[offset + read++] = (byte) next;
      } catch (IOException e) {
        thrown = e;
      }
    }
    if (read == 0 && thrown != null) {
      throw thrown;
    }
    return read == 0 && count > 0 ? -1 : read;
  }
}
