// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.inference;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.digitrecognizer.failure.UserException;

/**
 * ONNX Runtime's native libraries. Left alone it unpacks 22 MB for each JVM into the temporary
 * folder, and a JVM that is killed leaves them there. So they are unpacked once for each user of a
 * machine, see {@link LibraryFolder}, before its classes load them.
 */
final class RuntimeLibrary {

  /** System property that names the folder to unpack into. */
  static final String SETTING = "digits.natives";

  /** Environment variable that does, where the property is not set. */
  static final String VARIABLE = "DIGITS_NATIVES";

  /** ONNX Runtime's own: a folder that has its libraries. */
  private static final String PATH = "onnxruntime.native.path";

  private static final String TEMPORARY = "java.io.tmpdir";
  private static final Duration LEFT_BEHIND = Duration.ofHours(1);

  private RuntimeLibrary() {}

  /**
   * Loads them, once a JVM. To be called before anything of ONNX Runtime.
   *
   * @throws UserException if there are none for this machine, or no folder to run them from
   */
  static void require() {
    if (Loaded.PROBLEM.isPresent()) {
      throw new UserException(Loaded.PROBLEM.get());
    }
  }

  private static Optional<String> load() {
    Path temporary = Path.of(System.getProperty(TEMPORARY));
    if (!Files.isWritable(temporary)) {
      return Optional.of(
          "%s cannot be written to; name another temporary folder with -D%s=DIR"
              .formatted(temporary, TEMPORARY));
    }
    sweep(temporary);
    if (System.getProperty(PATH) == null) {
      Optional<String> problem = unpack();
      if (problem.isPresent()) {
        return problem;
      }
    }
    try {
      OrtEnvironment.getAvailableProviders();
      return Optional.empty();
    } catch (LinkageError e) {
      return Optional.of(
          "ONNX Runtime cannot be loaded from %s: %s"
              .formatted(System.getProperty(PATH), reason(e)));
    }
  }

  private static Optional<String> unpack() {
    String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    LibraryFolder folder = new LibraryFolder(version(), platform);
    if (!folder.isKnown()) {
      return Optional.of(
          "this is a machine of the kind %s, for which the jar has no ONNX Runtime; build it with"
                  .formatted(platform)
              + " -Donnxruntime.platform=%s".formatted(platform));
    }
    List<String> failures = new ArrayList<>();
    for (Path cache : caches(System::getProperty, System::getenv)) {
      try {
        System.setProperty(PATH, folder.in(cache).toString());
        return Optional.empty();
      } catch (IOException e) {
        failures.add(cache + " " + LibraryFolder.reason(e));
      }
    }
    return Optional.of(
        "ONNX Runtime cannot be unpacked: %s; name a folder that can be written to and run from"
                .formatted(String.join(", ", failures))
            + " with the environment variable %s or with -D%s=DIR".formatted(VARIABLE, SETTING));
  }

  /** Returns the folders to try, in this order: the one that is set, or those that are usual. */
  static List<Path> caches(UnaryOperator<String> properties, UnaryOperator<String> environment) {
    String set = properties.apply(SETTING);
    if (set == null) {
      set = environment.apply(VARIABLE);
    }
    if (set != null && !set.isBlank()) {
      return List.of(Path.of(set).toAbsolutePath());
    }
    List<Path> caches = new ArrayList<>();
    Path home = Path.of(properties.apply("user.home"));
    // Java says '?' for a user without one.
    if (home.isAbsolute() && Files.isDirectory(home)) {
      caches.add(home.resolve(".cache").resolve("digit-recognizer"));
    }
    String user = properties.apply("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
    caches.add(Path.of(properties.apply(TEMPORARY), "digit-recognizer-" + user).toAbsolutePath());
    return caches;
  }

  /** Returns what ONNX Runtime calls a platform. */
  static String platform(String system, String architecture) {
    String name = system.toLowerCase(Locale.ROOT);
    String os = name.contains("win") ? "win" : name.contains("mac") ? "osx" : "linux";
    return os + "-" + (architecture.equals("aarch64") ? "aarch64" : "x64");
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = RuntimeLibrary.class.getResourceAsStream("onnxruntime.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** Removes the empty folders that ONNX Runtime makes, and that JVMs left that were killed. */
  private static void sweep(Path temporary) {
    FileTime bound = FileTime.from(Instant.now().minus(LEFT_BEHIND));
    try (DirectoryStream<Path> all = Files.newDirectoryStream(temporary, "onnxruntime-java*")) {
      for (Path each : all) {
        if (Files.getLastModifiedTime(each).compareTo(bound) < 0) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException e) {
      // One that is another user's, or not empty; nothing depends on it.
    }
  }

  private static String reason(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
  }

  private static final class Loaded {
    static final Optional<String> PROBLEM = load();
  }
}
