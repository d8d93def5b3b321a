// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In JVMs of their own, since each loads the libraries once. */
class RuntimeLibraryTest {

  @TempDir private Path directory;
  private Path temporary;

  @BeforeEach
  void makeTemporary() throws IOException {
    temporary = Files.createDirectory(directory.resolve("tmp"));
  }

  /** Loads the libraries and prints what comes of it. */
  static final class Loading {
    public static void main(String[] arguments) {
      try {
        RuntimeLibrary.require();
        System.out.println("loaded");
      } catch (UserException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void withoutAHomeTheyAreInTheTemporaryFolderOnce() throws Exception {
    for (int run = 0; run < 2; run++) {
      assertThat(load("-Duser.home=/nonexistent", "-Duser.name=me")).isEqualTo("loaded");
    }
    assertThat(names(temporary)).containsExactly("digit-recognizer-me");
    assertThat(names(temporary.resolve("digit-recognizer-me"))).hasSize(1);
  }

  /** ONNX Runtime itself makes an empty folder for each JVM, which a JVM that is killed leaves. */
  @Test
  void theFolderThatIsSetHasThemAndOldEmptyOnesGo() throws Exception {
    Path left = Files.createDirectory(temporary.resolve("onnxruntime-java123"));
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path set = directory.resolve("set");
    assertThat(load("-Ddigits.natives=" + set)).isEqualTo("loaded");
    assertThat(names(set)).hasSize(1);
    assertThat(names(temporary)).isEmpty();
  }

  @Test
  void aFolderThatWillNotDoIsOneLineWithTheSettings() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "no folder");
    assertThat(load("-Ddigits.natives=" + file))
        .isEqualTo(
            "ONNX Runtime cannot be unpacked: %s is no folder; name a folder that can be written to"
                + " and run from with the environment variable DIGITS_NATIVES or with"
                + " -Ddigits.natives=DIR",
            file);
  }

  @Test
  void librariesThatAreNoneAreOneLine() throws Exception {
    Path broken = Files.createDirectory(directory.resolve("broken"));
    for (String library : List.of("onnxruntime", "onnxruntime4j_jni")) {
      Files.writeString(broken.resolve(System.mapLibraryName(library)), "no library");
    }
    assertThat(load("-Donnxruntime.native.path=" + broken))
        .startsWith("ONNX Runtime cannot be loaded from " + broken + ": ");
  }

  @Test
  void aTemporaryFolderThatIsNotThereIsOneLine() throws Exception {
    Files.delete(temporary);
    assertThat(load("-Ddigits.natives=" + directory.resolve("set")))
        .isEqualTo(
            "%s cannot be written to; name another temporary folder with -Djava.io.tmpdir=DIR",
            temporary);
  }

  private String load(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Loading.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    // Java itself may warn before it.
    return output.substring(output.lastIndexOf('\n') + 1);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(each -> each.getFileName().toString())
          .filter(name -> !name.startsWith("hsperfdata"))
          .toList();
    }
  }
}
