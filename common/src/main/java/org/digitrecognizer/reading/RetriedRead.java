// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A file could not be read, and Spark is to try again. */
public final class RetriedRead extends UncheckedIOException {

  private static final long serialVersionUID = 1L;

  public RetriedRead(String path, IOException cause) {
    super(path + " cannot be read: " + cause.getMessage(), cause);
  }
}
