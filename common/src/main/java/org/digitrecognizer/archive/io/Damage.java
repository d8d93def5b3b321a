// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.io.EOFException;
import java.io.IOException;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;

/** Something is wrong with an archive: becomes a rejection before it leaves the package. */
public final class Damage extends IOException {

  private final transient Rejection rejection;

  public Damage(Reason reason, String detail) {
    super(detail);
    rejection = new Rejection(reason, detail);
  }

  public static Damage unreadable(String detail) {
    return new Damage(Reason.UNREADABLE_ARCHIVE, detail);
  }

  public static Damage corrupt(String detail) {
    return new Damage(Reason.CORRUPT, detail);
  }

  /**
   * Says what went wrong with an entry.
   *
   * @param file where the entry was read from
   * @throws IOException if it was the file system and not the entry
   */
  public static Rejection describe(Exception e, FileWindow file) throws IOException {
    file.rethrowFailure();
    if (e instanceof Damage damage) {
      return damage.rejection;
    }
    return corrupt("It cannot be unpacked: " + message(e)).rejection;
  }

  /** Returns what a library's exception says, on one line. */
  public static String message(Exception e) {
    if (e instanceof EOFException && e.getMessage() == null) {
      return "it ends too early";
    }
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.replaceAll("\\s+", " ");
  }

  public Rejection rejection() {
    return rejection;
  }

  /** An archive can hold millions of bad entries, and no one reads the trace of one. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
