// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {

  @TempDir private java.nio.file.Path directory;

  @Test
  void answersHaveTheOrderOfWhatWasAsked() throws IOException {
    List<Integer> items = IntStream.range(0, 1000).boxed().toList();
    assertThat(Requests.all(items, item -> -item))
        .isEqualTo(items.stream().map(item -> -item).toList());
    assertThat(Requests.all(List.of(), item -> item)).isEmpty();
  }

  @Test
  void manyAreUnderWayAtTheSameTime() throws IOException {
    CountDownLatch waiting = new CountDownLatch(8);
    List<Boolean> met =
        Requests.all(
            IntStream.range(0, 8).boxed().toList(),
            item -> {
              waiting.countDown();
              return awaited(waiting);
            });
    assertThat(met).as("each saw the other seven").containsOnly(true);
  }

  private static boolean awaited(CountDownLatch waiting) {
    try {
      return waiting.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatFailsFailsAsItIs() {
    assertThatThrownBy(() -> Requests.all(List.of(1, 2), RequestsTest::missing))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("no 1");
    assertThatThrownBy(() -> Requests.all(List.of(7), item -> List.of().get(item)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static int missing(int item) throws IOException {
    throw new FileNotFoundException("no " + item);
  }

  @Test
  void aFolderThatIsNotThereIsEmpty() throws IOException {
    FileSystem fs = FileSystem.getLocal(new Configuration());
    List<Path> folders =
        IntStream.range(0, 40)
            .mapToObj(folder -> new Path(directory.resolve("f" + folder).toUri()))
            .toList();
    for (int folder = 0; folder < 40; folder += 2) {
      Files.createDirectories(directory.resolve("f" + folder));
      Files.writeString(directory.resolve("f" + folder + "/a" + folder), "");
    }

    assertThat(Requests.listAll(fs, folders))
        .extracting(FileStatus::getPath)
        .extracting(Path::getName)
        .containsExactlyElementsOf(
            IntStream.range(0, 20).mapToObj(half -> "a" + 2 * half).toList());
    assertThat(Requests.list(fs, folders.get(1))).isEmpty();
  }
}
