// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.io.Closeable;
import java.io.IOException;

/** Writes the entries of an archive one after the other; what it writes is whole once closed. */
interface EntryWriter extends Closeable {

  /**
   * @param name with folders, such as {@code form-0001/000000.png}
   * @param bytes the entry's content
   */
  void write(String name, byte[] bytes) throws IOException;
}
