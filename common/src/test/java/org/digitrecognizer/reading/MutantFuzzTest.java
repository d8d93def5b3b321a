// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to the bytes of a file, each image in it is a digit or has a reason, and none is
 * waited for for ever. A mutant that fails is kept in target/fuzz, under its number.
 */
class MutantFuzzTest {

  private static final int ALL = Integer.getInteger("fuzz.mutants", 100_000);

  /** A page takes milliseconds; a machine that is busy may take a thousand times as long. */
  private static final long HANGS_MILLIS = 120_000;

  private static final Path KEPT = Path.of("target", "fuzz");

  @TempDir private Path folder;

  @Test
  @Tag("slow")
  void twoThousandMutants() throws IOException {
    assertThat(failures(0, 2000, null)).isEmpty();
  }

  /** Goes on where it was cut short; delete target/fuzz/next to begin again. */
  @Test
  @Tag("fuzz")
  void allMutantsThatAreLeft() throws IOException {
    Files.createDirectories(KEPT);
    Path next = KEPT.resolve("next");
    int first = Files.exists(next) ? Integer.parseInt(Files.readString(next).strip()) : 0;
    assertThat(failures(first, ALL, next)).isEmpty();
  }

  private List<String> failures(int first, int end, Path next) throws IOException {
    Mutants mutants = new Mutants(folder.resolve("mutant"));
    AtomicInteger at = new AtomicInteger(first);
    Thread monitor = monitor(Thread.currentThread(), at);
    List<String> failures = new ArrayList<>();
    int digits = 0;
    for (int number = first; number < end; number++) {
      at.set(number);
      byte[] mutant = mutants.mutant(number);
      try {
        digits += mutants.read(mutant);
      } catch (IOException | RuntimeException | AssertionError | StackOverflowError e) {
        failures.add(number + ": " + e);
        Files.createDirectories(KEPT);
        Files.write(KEPT.resolve("mutant-" + number), mutant);
      }
      if (next != null && (number % 100 == 99 || number == end - 1)) {
        Files.writeString(next, Integer.toString(number + 1));
      }
    }
    monitor.interrupt();
    assertThat(first == end || digits > 0).as("or the damage spared none").isTrue();
    return failures;
  }

  /** Java cannot end a thread: where one hangs, its stack is printed and the process ends. */
  private static Thread monitor(Thread reader, AtomicInteger at) {
    Thread monitor =
        new Thread(
            () -> {
              try {
                watch(reader, at);
              } catch (InterruptedException e) {
                // All has been read.
              }
            },
            "fuzz-monitor");
    monitor.setDaemon(true);
    monitor.start();
    return monitor;
  }

  private static void watch(Thread reader, AtomicInteger at) throws InterruptedException {
    int number = -1;
    while (at.get() != number) {
      number = at.get();
      Thread.sleep(HANGS_MILLIS);
    }
    System.err.printf(
        "Mutant %d hangs at:%n%s%n",
        number, String.join("\n", Arrays.toString(reader.getStackTrace()).split(", ")));
    Runtime.getRuntime().halt(1);
  }
}
