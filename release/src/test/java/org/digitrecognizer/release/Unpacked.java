// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The release, unpacked into an empty folder, and commands that are run there. */
final class Unpacked {

  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path BUILT = Path.of("..", "jobs", "target").toAbsolutePath().normalize();

  private final Path directory;
  private final Path home;

  /** What a command came to. */
  record Run(int status, String output, String errors) {}

  private Unpacked(Path directory, Path home) {
    this.directory = directory;
    this.home = home;
  }

  /** Unpacks it as users do. */
  static Unpacked into(Path directory) throws Exception {
    Unpacked unpacked = new Unpacked(directory, directory);
    Run tar = unpacked.run("tar", "-xzf", archive().toString());
    assertThat(tar.status()).as(tar.toString()).isZero();
    try (Stream<Path> folders = Files.list(directory)) {
      List<Path> found = folders.filter(Files::isDirectory).toList();
      assertThat(found).as("one folder in the archive").hasSize(1);
      return new Unpacked(directory, found.get(0));
    }
  }

  /** Returns the archive that the build made. */
  static Path archive() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".tar.gz")).toList();
      assertThat(found).as("archives in " + TARGET).hasSize(1);
      return found.get(0);
    }
  }

  Path home() {
    return home;
  }

  /** Lends it the Spark of the build, as submit/fetch-spark.sh would have fetched it. */
  void lendSpark() throws IOException {
    Files.createSymbolicLink(home.resolve("spark/jars"), BUILT.resolve("spark/jars"));
  }

  /** Runs a command beside it, without anything in the environment that names a Spark. */
  Run run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "output", ".txt");
    Path errors = Files.createTempFile(directory, "errors", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    Process process =
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    int status = process.waitFor();
    Run run = new Run(status, text(output), text(errors));
    Files.delete(output);
    Files.delete(errors);
    return run;
  }

  /** Runs one of its own scripts. */
  Run script(String script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve(script).toString()));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
