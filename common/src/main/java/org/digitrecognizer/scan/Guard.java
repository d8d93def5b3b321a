package org.digitrecognizer.scan;

import java.util.concurrent.Callable;
import org.digitrecognizer.digit.Rejection.Reason;

/**
 * Stands between the libraries that decode and us: what they throw at bytes that are no good, which
 * is any exception at all, becomes a rejection.
 */
final class Guard {

  private static final int MOST_DETAIL = 200;

  private Guard() {}

  /**
   * Calls a decoder whose input is all in memory, so that what it throws is never a failed read.
   *
   * @param what is decoded, with its article
   */
  @SuppressWarnings("CatchingUnchecked")
  static <T> Outcome<T> call(String what, Callable<Outcome<T>> decoder) {
    try {
      return decoder.call();
    } catch (Exception e) {
      return corrupt(what, e.getMessage());
    } catch (StackOverflowError e) {
      return corrupt(what, "its parts are nested too deeply");
    }
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
