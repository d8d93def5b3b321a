// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a process of its own came to. */
record Run(int status, String output, String errors) {

  private static final long TIMEOUT_SECONDS = 900;

  /**
   * Runs a command to its end. Nothing in the environment that steers Spark or the launcher is
   * handed down, but for what is given.
   *
   * @param directory the process's current directory; its output goes to files beside it
   */
  static Run of(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    return start(directory, environment, command).end();
  }

  /** Starts a command in the same way, and does not wait for its end. */
  static Started start(Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    Path output = Files.createTempFile("output", ".txt");
    Path errors = Files.createTempFile("errors", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(Run::steers);
    builder.environment().putAll(environment);
    Process process =
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    return new Started(process, output, errors);
  }

  /** A process that runs. */
  record Started(Process process, Path output, Path errors) {

    /** Whether a text is in its output so far. */
    boolean hasSaid(String text) {
      try {
        return read(output).contains(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Run end() throws IOException, InterruptedException {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "still running after " + TIMEOUT_SECONDS + " s: " + process.info());
      }
      Run run = new Run(process.exitValue(), read(output), read(errors));
      Files.delete(output);
      Files.delete(errors);
      return run;
    }
  }

  private static boolean steers(String variable) {
    return variable.startsWith("SPARK_")
        || variable.startsWith("HADOOP_")
        || variable.startsWith("YARN_")
        || List.of("MASTER", "DEPLOY_MODE", "OMP_NUM_THREADS", "EPOCHS", "JAVA_TOOL_OPTIONS")
            .contains(variable);
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
