// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a job is over before the last of Java's compilers has paid for itself. Most of a short
 * run is Spark's start, and what the compilers learn there about each method is a quarter of it.
 */
final class ShortRun {

  /** Makes do with the first compiler. */
  static final String OPTION = "-XX:TieredStopAtLevel=1";

  private static final Set<String> ALWAYS =
      Set.of("correct", "expire", "export-keras", "export-onnx", "import-keras");

  private static final String SCORE = "score";
  private static final String ARCHIVES = "--archives";
  private static final String GLOB = ".*[*?\\[{].*";

  /** What a run reads in seconds: thousands of scans of one digit, or a hundred pages. */
  private static final long MOST_BYTES = 8L << 20;

  private static final int MOST_FILES = 2_000;

  private ShortRun() {}

  /**
   * Judges a job by its name, and by how much there is to read on this machine.
   *
   * @param job its name and options
   */
  static boolean is(List<String> job) {
    String name = job.get(0);
    return ALWAYS.contains(name) || (name.equals(SCORE) && isLittle(archives(job)));
  }

  private static String archives(List<String> job) {
    String archives = "";
    for (int i = 1; i < job.size(); i++) {
      if (job.get(i).startsWith(ARCHIVES + "=")) {
        archives = job.get(i).substring(ARCHIVES.length() + 1);
      } else if (job.get(i - 1).equals(ARCHIVES)) {
        archives = job.get(i);
      }
    }
    return archives;
  }

  /** Of what a glob matches, all that lies in the folder above is counted. */
  private static boolean isLittle(String archives) {
    try {
      Path path = archives.startsWith("file:") ? Path.of(URI.create(archives)) : Path.of(archives);
      while (path != null && path.toString().matches(GLOB)) {
        path = path.getParent();
      }
      return path != null && !archives.isEmpty() && Files.exists(path) && holdsLittle(path);
    } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
      // The job says what is wrong with it.
      return false;
    }
  }

  private static boolean holdsLittle(Path root) throws IOException {
    long bytes = 0;
    int files = 0;
    try (Stream<Path> all = Files.walk(root)) {
      for (Iterator<Path> each = all.iterator(); each.hasNext(); ) {
        Path path = each.next();
        bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
        files++;
        if (bytes > MOST_BYTES || files > MOST_FILES) {
          return false;
        }
      }
    }
    return true;
  }
}
