// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import java.util.concurrent.Callable;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.Outcome;

/**
 * Stands between the libraries that decode and us: what they throw at bytes that are no good, which
 * is any exception at all, becomes a rejection. So does want of memory: what was asked for is
 * garbage by then, and the next file finds the memory free again.
 */
public final class Guard {

  private static final int MOST_DETAIL = 200;
  private static final int DEEPEST_CAUSE = 10;

  private Guard() {}

  /**
   * Calls a decoder whose input is all in memory, so that what it throws is never a failed read.
   *
   * @param what is decoded, with its article
   */
  @SuppressWarnings("CatchingUnchecked")
  public static <T> Outcome<T> call(String what, Callable<Outcome<T>> decoder) {
    try {
      return decoder.call();
    } catch (Exception e) {
      return isWantOfMemory(e) ? beyondMemory(what) : corrupt(what, e.getMessage());
    } catch (StackOverflowError e) {
      return corrupt(what, "its parts are nested too deeply");
    } catch (OutOfMemoryError e) {
      return beyondMemory(what);
    }
  }

  /** Java's own readers wrap what is thrown at them, errors too. */
  private static boolean isWantOfMemory(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Returns what is said of something that takes too much memory, with its article. */
  public static <T> Outcome<T> beyondMemory(String what) {
    return Outcome.rejected(
        Reason.TOO_LARGE, "To decode " + what + " takes more memory than there is");
  }

  private static <T> Outcome<T> corrupt(String what, String message) {
    String detail = "This looks like " + what + ", but is damaged";
    if (message != null && !message.isBlank()) {
      String line = message.strip().replaceAll("\\s+", " ");
      detail += ": " + line.substring(0, Math.min(line.length(), MOST_DETAIL));
    }
    return Outcome.rejected(Reason.CORRUPT, detail);
  }
}
