// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a process of its own came to. */
record Command(int status, String output, String errors) {

  /** Where the project is. */
  static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  private static final long TIMEOUT_SECONDS = 1800;

  /**
   * Runs a command to its end, in a folder, with some variables set besides those of this process.
   */
  static Command run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("output", ".txt");
    Path errors = Files.createTempFile("errors", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(SPARK|JUPYTER|DIGITS)_.*"));
    builder.environment().putAll(environment);
    Process process =
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + TIMEOUT_SECONDS + " s: " + command);
    }
    Command run =
        new Command(process.exitValue(), Files.readString(output), Files.readString(errors));
    Files.delete(output);
    Files.delete(errors);
    return run;
  }

  /** Runs notebooks/start.sh. */
  static Command start(Path directory, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = HOME.resolve("notebooks/start.sh").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return run(directory, environment, List.of(command));
  }

  /** Writes a command of a shell script's lines. */
  static void stub(Path file, String lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
