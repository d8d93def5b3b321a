// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.digitrecognizer.archive.io.StorageCalls;
import org.junit.jupiter.api.Test;

class StorageWatchTest {

  private final StringWriter written = new StringWriter();
  private Collection<StorageCalls.Pending> pending = List.of();

  private StorageWatch watch() {
    return new StorageWatch(new PrintWriter(written), () -> pending, Duration.ofDays(1));
  }

  private static StorageCalls.Pending call(String place, long seconds) {
    return new StorageCalls.Pending(
        place, System.nanoTime() - Duration.ofSeconds(seconds).toNanos());
  }

  private Stream<String> said() {
    return written.toString().lines();
  }

  @Test
  void storageThatDoesNotAnswerIsNamed() {
    try (StorageWatch watch = watch()) {
      pending = List.of(call("s3a://nights/june/a.zip", 9));
      watch.look();
      assertThat(said()).as("nine seconds are no silence yet").isEmpty();
      pending = List.of(call("s3a://nights/june/a.zip", 11), call("s3a://nights/june/b.zip", 3));
      watch.look();
    }
    assertThat(said())
        .singleElement()
        .asString()
        .startsWith("s3a://nights has not answered for 11 s (s3a://nights/june/a.zip);");
  }

  @Test
  void itIsSaidAgainEveryMinute() {
    try (StorageWatch watch = watch()) {
      for (long seconds = 1; seconds <= 140; seconds++) {
        pending = List.of(call("hdfs://nn:8020/scans", seconds), call("hdfs://nn:8020/b", seconds));
        watch.look();
      }
    }
    assertThat(said())
        .as("both calls are to one storage")
        .hasSize(3)
        .allMatch(line -> line.contains("hdfs://nn:8020 has not answered for"))
        .allMatch(line -> line.contains("and 1 more"));
  }

  @Test
  void storageThatAnsweredIsNewWhenItHangsAgain() {
    try (StorageWatch watch = watch()) {
      pending = List.of(call("file:/mnt/nfs/a.zip", 15));
      watch.look();
      pending = List.of();
      watch.look();
      pending = List.of(call("file:/mnt/nfs/a.zip", 12));
      watch.look();
    }
    assertThat(said())
        .hasSize(2)
        .allMatch(line -> line.startsWith("file:/mnt/nfs/a.zip has not answered for 1"));
  }
}
