// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFolderTest {

  private static final String NAME = "onnxruntime-1-" + platform();
  private static final String LIBRARY = System.mapLibraryName("onnxruntime");

  @TempDir private Path directory;

  private final LibraryFolder folder = new LibraryFolder("1", platform());

  private static String platform() {
    return RuntimeLibrary.platform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  @Test
  void librariesAreUnpackedOnceAndNothingElseIsLeft() throws IOException {
    Path cache = directory.resolve("a").resolve("b");
    Path first = folder.in(cache);
    FileTime made = Files.getLastModifiedTime(first.resolve(LIBRARY));
    assertThat(folder.in(cache)).isEqualTo(first).isEqualTo(cache.resolve(NAME));
    assertThat(Files.getLastModifiedTime(first.resolve(LIBRARY))).isEqualTo(made);
    assertThat(names(cache)).containsExactly(NAME);
    assertThat(names(first))
        .containsExactlyInAnyOrder(LIBRARY, System.mapLibraryName("onnxruntime4j_jni"));
  }

  @Test
  void whatAKilledJvmLeftIsRemovedAndWhatARunningOneMakesIsNot() throws IOException {
    Path old = Files.createDirectory(directory.resolve(NAME + ".part1"));
    Files.writeString(old.resolve(LIBRARY), "half of it");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path young = Files.createDirectory(directory.resolve(NAME + ".part2"));
    folder.in(directory);
    assertThat(names(directory)).containsExactlyInAnyOrder(NAME, young.getFileName().toString());
  }

  @Test
  void severalAtOnceMakeOneFolder() throws Exception {
    Callable<Path> unpacking = () -> folder.in(directory);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Path> path : threads.invokeAll(Collections.nCopies(4, unpacking))) {
        assertThat(path.get()).isDirectory();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(names(directory)).containsExactly(NAME);
  }

  @Test
  void whatIsInTheWayIsSaid() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "no folder");
    assertThat(LibraryFolder.reason(failure(file))).isEqualTo("is no folder");
    assertThat(failure(file.resolve("below"))).isNotNull();
  }

  /** As it is on a file system that is mounted noexec. */
  @Test
  void whatMayNotBeRunIsSaid() throws IOException {
    Path made = folder.in(directory);
    made.resolve(LIBRARY).toFile().setExecutable(false, false);
    assertThat(LibraryFolder.reason(failure(directory)))
        .isEqualTo("is where nothing may be run from (mounted noexec?)");
  }

  @Test
  void anotherPlatformIsNotKnown() {
    assertThat(folder.isKnown()).isTrue();
    assertThat(new LibraryFolder("1", "plan9-mips").isKnown()).isFalse();
  }

  @Test
  void platformsAreCalledAsOnnxRuntimeDoes() {
    assertThat(RuntimeLibrary.platform("Linux", "amd64")).isEqualTo("linux-x64");
    assertThat(RuntimeLibrary.platform("Linux", "aarch64")).isEqualTo("linux-aarch64");
    assertThat(RuntimeLibrary.platform("Mac OS X", "aarch64")).isEqualTo("osx-aarch64");
    assertThat(RuntimeLibrary.platform("Windows 11", "amd64")).isEqualTo("win-x64");
  }

  @Test
  void aFolderThatIsSetIsTheOnlyOneAndElseHomeComesFirst() {
    Path temporary = directory.resolve("digit-recognizer-me_");
    assertThat(caches(Map.of(), Map.of()))
        .containsExactly(directory.resolve(".cache/digit-recognizer"), temporary);
    assertThat(caches(Map.of("user.home", "?"), Map.of())).containsExactly(temporary);
    assertThat(caches(Map.of("user.home", "/nonexistent"), Map.of())).containsExactly(temporary);
    assertThat(caches(Map.of(), Map.of("DIGITS_NATIVES", "/x"))).containsExactly(Path.of("/x"));
    assertThat(caches(Map.of("digits.natives", "/y"), Map.of("DIGITS_NATIVES", "/x")))
        .containsExactly(Path.of("/y"));
  }

  private List<Path> caches(Map<String, String> properties, Map<String, String> environment) {
    Map<String, String> usual =
        Map.of(
            "user.home",
            directory.toString(),
            "user.name",
            "me/",
            "java.io.tmpdir",
            directory.toString());
    return RuntimeLibrary.caches(
        name -> properties.getOrDefault(name, usual.get(name)), environment::get);
  }

  private IOException failure(Path cache) {
    return catchThrowableOfType(IOException.class, () -> folder.in(cache));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(each -> each.getFileName().toString()).toList();
    }
  }
}
