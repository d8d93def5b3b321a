// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.console.Printable;

/** Makes the one line that a failed job leaves on stderr. */
public final class ErrorLine {

  /** As Linux and HDFS say it; HDFS's own exception may have crossed the network as text. */
  private static final Pattern NO_SPACE =
      Pattern.compile("No space left on device|Disk quota exceeded|quota .*is exceeded");

  /** As Linux, HDFS in safe mode and HDFS's permissions say it. */
  private static final Pattern NOT_WRITABLE =
      Pattern.compile("Read-only file system|is in safe mode|Permission denied");

  /** As the JVM of an executor says it, in the text of what Spark throws here. */
  private static final Pattern OLD_JAVA = Pattern.compile("UnsupportedClassVersionError: .*");

  private static final Pattern OTHER_SPARK =
      Pattern.compile("InvalidClassException: (org\\.apache\\.spark|scala)\\..*");

  /** As Java's login says it where the number of the user has no line in /etc/passwd. */
  private static final Pattern NAMELESS = Pattern.compile("invalid null input: name");

  private ErrorLine() {}

  /**
   * Says what was wrong: in the words of the {@link UserException} if there is one among the causes
   * (an error on an executor arrives wrapped in Spark's), else with the class of the first cause. A
   * disk or quota that is full, a place that cannot be read or written, a store of objects that
   * refuses, memory that ran out, a cluster that is lost and a node that is not as the others have
   * words of their own, whoever noticed. Names of files are in it, so what a terminal would obey is
   * replaced.
   */
  public static String of(Throwable error) {
    return Printable.of(line(error));
  }

  private static String line(Throwable error) {
    return userException(error)
        .map(e -> joined(e.getMessage()))
        .or(() -> noSpace(error))
        .or(() -> notWritable(error))
        .or(() -> ObjectStoreLine.of(chain(error).stream().map(Throwable::toString).toList()))
        .or(() -> OutOfMemory.line(chain(error)))
        .or(() -> lostCluster(error))
        .or(() -> otherNode(error))
        .or(() -> namelessUser(error))
        .orElseGet(() -> unexpected(error));
  }

  /**
   * Tells whether a file system has refused or had no room, so that the data itself may be in
   * order.
   */
  public static boolean isOfStorage(Throwable error) {
    return refusal(NO_SPACE, error).or(() -> refusal(NOT_WRITABLE, error)).isPresent();
  }

  /** Joins the lines of a message into one that a terminal shows and does not obey. */
  static String singleLine(String message) {
    return Printable.of(joined(message));
  }

  private static String joined(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static Optional<UserException> userException(Throwable error) {
    return chain(error).stream()
        .filter(UserException.class::isInstance)
        .map(UserException.class::cast)
        .findFirst();
  }

  private static Optional<String> noSpace(Throwable error) {
    return refusal(NO_SPACE, error)
        .map(
            message ->
                "no space left for the output ("
                    + message
                    + "); make room or raise the quota, and run it again");
  }

  private static Optional<String> notWritable(Throwable error) {
    return refusal(NOT_WRITABLE, error)
        .map(
            message ->
                "the file system does not let it read or write ("
                    + message
                    + "); mend that or choose another place, and run it again");
  }

  /** What a file system says, of those messages the first cause's. */
  private static Optional<String> refusal(Pattern words, Throwable error) {
    return chain(error).stream()
        .filter(IOException.class::isInstance)
        .map(e -> firstLine(String.valueOf(e.getMessage())))
        .filter(message -> words.matcher(message).find())
        .reduce((first, last) -> last);
  }

  /**
   * Spark stops the context on its own when no master takes the job, and YARN when executors die as
   * they start again and again; which of these is only in its log.
   */
  private static Optional<String> lostCluster(Throwable error) {
    return chain(error).stream()
        .filter(IllegalStateException.class::isInstance)
        .filter(e -> String.valueOf(e.getMessage()).contains("stopped SparkContext"))
        .findFirst()
        .map(
            e ->
                "Spark stopped under the job: its master cannot be reached or has turned the job"
                    + " away, or no executor could start; check --master, that spark.authenticate"
                    + " and its secret are the same here and there, and what the executors' stderr"
                    + " on the workers says (JDK 17 on all of them?)");
  }

  private static Optional<String> otherNode(Throwable error) {
    return found(OLD_JAVA, error)
        .map(
            text ->
                "a node of the cluster has too old a Java ("
                    + text
                    + "); install JDK 17 there, or let spark.executorEnv.JAVA_HOME name one")
        .or(
            () ->
                found(OTHER_SPARK, error)
                    .map(
                        text ->
                            "a node of the cluster has another Spark or Scala than the driver ("
                                + text
                                + "); let all have the same"));
  }

  private static Optional<String> namelessUser(Throwable error) {
    return found(NAMELESS, error)
        .map(
            text ->
                "the user that this runs as has a number and no name here, without which Hadoop"
                    + " cannot log in; give it a line in /etc/passwd, or run as another user");
  }

  private static Optional<String> found(Pattern pattern, Throwable error) {
    return chain(error).stream()
        .map(e -> pattern.matcher(e.toString()))
        .filter(Matcher::find)
        .map(Matcher::group)
        .findFirst();
  }

  /** Returns an error and its causes, the outermost first. */
  private static List<Throwable> chain(Throwable error) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (Throwable e = error; e != null && seen.add(e); e = e.getCause()) {
      chain.add(e);
    }
    return chain;
  }

  private static String unexpected(Throwable error) {
    List<Throwable> chain = chain(error);
    Throwable root = chain.get(chain.size() - 1);
    String message = root.getMessage() == null ? "" : ": " + firstLine(root.getMessage());
    return root.getClass().getName() + message + " (run again with --verbose for the stack trace)";
  }

  // Spark puts whole stack traces and query plans into messages, below the first line.
  private static String firstLine(String message) {
    return message.strip().lines().findFirst().orElse("");
  }
}
