// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The archive of loaded classes that lies beside the jar once {@code submit/archive-classes.sh} has
 * made it (JEP 350, dynamic class data sharing): a driver that maps it need not read, verify and
 * link some 15,000 classes of Spark's and ours. It holds for the JDK and for the class path that it
 * was made with; a JVM that finds another goes without, and says nothing of it.
 */
final class ClassArchive {

  private static final List<String> QUIET = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off");

  private ClassArchive() {}

  /** Returns where it lies. */
  static Path of(Path jar) {
    return jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", "") + ".jsa");
  }

  /**
   * Returns the options with which a JVM uses it; none where there is none, or where the user's
   * options say something of such archives.
   *
   * @param usersOptions all that the user gives the JVM, in a string
   */
  static List<String> options(Path jar, String usersOptions) {
    Path archive = of(jar);
    if (!Files.isRegularFile(archive)
        || usersOptions.matches("(?s).*(SharedArchive|Xshare|ArchiveClasses).*")) {
      return List.of();
    }
    List<String> options = new ArrayList<>(QUIET);
    options.add("-XX:SharedArchiveFile=" + archive);
    return options;
  }
}
