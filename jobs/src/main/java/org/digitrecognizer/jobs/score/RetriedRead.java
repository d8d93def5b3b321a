package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A file could not be read, and Spark is to try again. */
final class RetriedRead extends UncheckedIOException {

  private static final long serialVersionUID = 1L;

  RetriedRead(String path, IOException cause) {
    super(path + " cannot be read: " + cause.getMessage(), cause);
  }
}
