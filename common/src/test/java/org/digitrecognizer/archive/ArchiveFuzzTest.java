// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes, reading ends, throws nothing, and says the same twice. */
class ArchiveFuzzTest {

  /** Small, so that a size made up by a flipped bit costs no time. */
  private static final ArchiveLimits LIMITS = new ArchiveLimits(1 << 20, 200, 1 << 18);

  @TempDir Path folder;

  @Test
  void damagedArchivesAreRead() throws IOException {
    fuzzAll(40, 1);
  }

  @Test
  @Tag("slow")
  void manyDamagedArchivesAreRead() throws IOException {
    fuzzAll(300, 2);
  }

  private void fuzzAll(int rounds, long seed) throws IOException {
    Map<String, byte[]> files = Samples.files(20, 11);
    byte[] zip = Files.readAllBytes(Samples.zip(folder.resolve("seed"), files));
    assertThat(fuzz(zip, rounds, seed)).as("zips that were mostly read").isGreaterThan(rounds / 2);
    byte[] text = Samples.ascii("text");
    RawZip raw = new RawZip();
    for (int i = 0; i < 20; i++) {
      raw.add(new RawZip.Header(i + ".png", 0, text, text), text);
    }
    fuzz(raw.finish(Samples.ascii("comment")), rounds, seed);

    files.put("long/".repeat(50) + "a.png", Samples.ascii("A"));
    byte[] tar = Samples.tar(files);
    assertThat(fuzz(tar, rounds, seed)).as("tars that were read in part").isPositive();
    for (ArchiveFormat format : ArchiveFormat.values()) {
      if (format.isCompressedTar()) {
        fuzz(TarTest.pack(format, tar), rounds, seed);
      }
    }
  }

  /** Returns how many archives had at least half of their entries read. */
  private int fuzz(byte[] archive, int rounds, long seed) throws IOException {
    Random random = new Random(seed);
    Path file = folder.resolve("fuzzed");
    int mostlyRead = 0;
    for (int round = 0; round < rounds; round++) {
      Files.write(file, mutate(archive, random));
      int targetEntries = 1 + random.nextInt(30);
      Rows rows = Rows.of(file, targetEntries, LIMITS);
      assertThat(Rows.of(file, targetEntries, LIMITS)).isEqualTo(rows);
      assertThat(rows.rows()).allMatch(row -> row.reason() == null || !row.detail().isBlank());
      mostlyRead += rows.read().size() >= 10 ? 1 : 0;
    }
    return mostlyRead;
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    int flips = 1 + random.nextInt(6);
    for (int i = 0; i < flips; i++) {
      int at = random.nextInt(10) == 0 ? bytes.length - 1 : random.nextInt(bytes.length);
      at = Math.max(0, at - (random.nextBoolean() ? random.nextInt(200) : 0));
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xFF);
        default -> System.arraycopy(bytes, 0, bytes, at, Math.min(40, bytes.length - at));
      }
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
