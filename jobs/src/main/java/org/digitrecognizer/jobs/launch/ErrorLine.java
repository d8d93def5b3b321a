package org.digitrecognizer.jobs.launch;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.digitrecognizer.failure.UserException;

/** Makes the one line that a failed job leaves on stderr. */
public final class ErrorLine {

  private ErrorLine() {}

  /**
   * Says what was wrong: in the words of the {@link UserException} if there is one among the causes
   * (an error on an executor arrives wrapped in Spark's), else with the class of the first cause.
   */
  public static String of(Throwable error) {
    return userException(error)
        .map(e -> singleLine(e.getMessage()))
        .orElseGet(() -> unexpected(error));
  }

  /** Joins the lines of a message into one. */
  static String singleLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static Optional<UserException> userException(Throwable error) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable e = error; e != null && seen.add(e); e = e.getCause()) {
      if (e instanceof UserException user) {
        return Optional.of(user);
      }
    }
    return Optional.empty();
  }

  private static String unexpected(Throwable error) {
    Throwable root = rootCause(error);
    String message = root.getMessage() == null ? "" : ": " + firstLine(root.getMessage());
    return root.getClass().getName() + message + " (run again with --verbose for the stack trace)";
  }

  private static Throwable rootCause(Throwable error) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable root = error;
    while (root.getCause() != null && seen.add(root)) {
      root = root.getCause();
    }
    return root;
  }

  // Spark puts whole stack traces and query plans into messages, below the first line.
  private static String firstLine(String message) {
    return message.strip().lines().findFirst().orElse("");
  }
}
