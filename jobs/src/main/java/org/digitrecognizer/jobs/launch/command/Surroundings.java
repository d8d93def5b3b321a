// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the script has found.
 *
 * @param home the project's folder
 * @param jar the jobs' jar there, or where the user says that a local one is
 * @param ownSpark whether Spark is the one that the build collected, not the user's
 * @param scratch this run's own folder, which the script makes if a command is run
 * @param locale what LC_ALL was set to for want of a UTF-8 locale, if it was
 * @param temporary whether the driver's temporary files go into scratch
 * @param environment with SPARK_HOME in it
 */
record Surroundings(
    Path home,
    Path jar,
    boolean ownSpark,
    Path scratch,
    Optional<String> locale,
    boolean temporary,
    Map<String, String> environment) {

  /** Returns a variable's value, or "". */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }
}
