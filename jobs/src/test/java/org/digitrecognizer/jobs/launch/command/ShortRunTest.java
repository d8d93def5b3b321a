// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortRunTest {

  @TempDir private Path directory;
  private Path little;
  private Path much;

  @BeforeEach
  void writeArchives() throws IOException {
    little = Files.createDirectories(directory.resolve("little/night"));
    Files.write(little.resolve("a.zip"), new byte[1000]);
    much = Files.createDirectory(directory.resolve("much"));
    try (RandomAccessFile file = new RandomAccessFile(much.resolve("b.zip").toFile(), "rw")) {
      file.setLength((8L << 20) + 1);
    }
  }

  private static boolean isShort(String... job) {
    return ShortRun.is(List.of(job));
  }

  @Test
  void scoringLittleIsShort() {
    assertThat(isShort("score", "--archives", little.toString(), "--model", "m")).isTrue();
    assertThat(isShort("score", "--archives=" + little.resolve("a.zip"))).isTrue();
    assertThat(isShort("score", "--archives", little.toUri().toString())).isTrue();
    assertThat(isShort("score", "--archives", directory + "/little/*/{a,b}*.zip")).isTrue();
  }

  @Test
  void scoringMuchIsNot() {
    assertThat(isShort("score", "--archives", much.toString())).isFalse();
    assertThat(isShort("score", "--archives", much + "/*.zip")).isFalse();
    assertThat(isShort("score", "--archives=" + little, "--archives", much.toString())).isFalse();
  }

  @Test
  void manyFilesAreMuchHoweverSmall() throws IOException {
    for (int i = 0; i < 2_000; i++) {
      Files.createFile(little.resolve(i + ".png"));
    }
    assertThat(isShort("score", "--archives", little.toString())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nothing/here", "s3a://bucket/scans", "file:relative", "*", "a\0b"})
  void whatIsNotHereIsNotKnownToBeLittle(String archives) {
    assertThat(isShort("score", "--archives", archives)).isFalse();
    assertThat(isShort("score", "--archives")).isFalse();
  }

  @Test
  void otherJobsGoByTheirName() {
    assertThat(isShort("correct", "--output", "scores")).isTrue();
    assertThat(isShort("train", "--archives", little.toString())).isFalse();
  }
}
