// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said of a job that memory ran out on: which memory it was, and how to do with it. */
final class OutOfMemory {

  /** An error of an executor, in the text of what Spark throws here. */
  private static final Pattern AS_TEXT = Pattern.compile("(?<=OutOfMemoryError: ).*");

  /** As JavaCPP says it, which counts what ND4J takes, and the JVM of what is not in its heap. */
  private static final Pattern OUTSIDE_THE_HEAP =
      Pattern.compile(
          "totalBytes|physicalBytes|Cannot allocate new|[Dd]irect buffer memory|native thread");

  /** Spark's exit status for it, and YARN's words for a container that grew too large. */
  private static final Pattern EXECUTOR_LOST =
      Pattern.compile(
          "(?:exited with (?:exit )?code|Exit status:) 52\\b"
              + "|killed by YARN for exceeding (?:physical|virtual) memory limits");

  private static final String USE_LESS =
      ", or let it take fewer cores or a smaller --batch-size, and run it again";

  private OutOfMemory() {}

  /**
   * Returns the line, or nothing if memory is not what was short.
   *
   * @param chain an error and its causes, the outermost first
   */
  static Optional<String> line(List<Throwable> chain) {
    return chain.stream()
        .filter(OutOfMemoryError.class::isInstance)
        .reduce((first, last) -> last)
        .map(error -> Objects.requireNonNullElseGet(error.getMessage(), error::toString))
        .map(message -> ranOut(ErrorLine.singleLine(message)))
        .or(() -> found(AS_TEXT, chain, OutOfMemory::ranOut))
        .or(() -> found(EXECUTOR_LOST, chain, OutOfMemory::lost));
  }

  private static Optional<String> found(
      Pattern pattern, List<Throwable> chain, Function<String, String> line) {
    return chain.stream()
        .map(error -> pattern.matcher(error.toString()))
        .filter(Matcher::find)
        .map(Matcher::group)
        .findFirst()
        .map(line);
  }

  private static String ranOut(String message) {
    return OUTSIDE_THE_HEAP.matcher(message).find()
        ? "memory outside the heap ran out ("
            + message
            + "); raise -Dorg.bytedeco.javacpp.maxbytes and maxphysicalbytes, which"
            + " conf/spark-*.conf sets"
            + USE_LESS
        : "the heap ran out ("
            + message
            + "); give it more, with --driver-memory or on a cluster --executor-memory"
            + USE_LESS;
  }

  private static String lost(String how) {
    return "memory of an executor ran out ("
        + how
        + "); give it more, with --executor-memory or on YARN spark.executor.memoryOverhead"
        + USE_LESS;
  }
}
