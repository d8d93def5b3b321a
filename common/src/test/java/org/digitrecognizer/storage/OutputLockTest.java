// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OutputLockTest {

  /** Silence is five of them. */
  private static final Duration BEAT = Duration.ofMillis(200);

  private static final Duration OFTEN = Duration.ofMillis(10);

  /** Who waited for silence at this beat would be far beyond the test's time. */
  private static final Duration HOURLY = Duration.ofHours(1);

  @TempDir private Path directory;
  private FileSystem fs;
  private org.apache.hadoop.fs.Path output;
  private org.apache.hadoop.fs.Path lockFile;

  @BeforeEach
  void open() throws IOException {
    fs = FileSystem.getLocal(new Configuration());
    output = new org.apache.hadoop.fs.Path(directory.toUri());
    lockFile = new org.apache.hadoop.fs.Path(output, OutputLock.FILE);
  }

  private OutputLock acquire(Duration beat) throws IOException {
    return OutputLock.acquire(fs, output, beat);
  }

  private void lockedBy(String host, long pid, Instant start) throws IOException {
    LockHolder self = LockHolder.self();
    lockedBy(host, self.boot(), self.numbering(), pid, start);
  }

  private void lockedBy(String host, String boot, String numbering, long pid, Instant start)
      throws IOException {
    fs.delete(lockFile, false);
    JsonFile.seal(
        fs, lockFile, new LockHolder("other", host, boot, numbering, pid, start.toString()));
  }

  /** Returns the number of a process that has ended. */
  private static long dead() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    assertThat(dead.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return dead.pid();
  }

  private static String thisHost() throws IOException {
    return InetAddress.getLocalHost().getHostName();
  }

  private void isRefused(ThrowingCallable second, long pid, String host) {
    assertThatThrownBy(second)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Another run is writing to %s (process %d on %s); wait until it has ended, or choose"
                + " another --output",
            output, pid, host);
  }

  private void isTakenOver(Duration beat) throws IOException {
    try (OutputLock lock = acquire(beat)) {
      lock.requireHeld();
      assertThat(directory.resolve("_lock.json")).content().contains(lock.token());
      assertThat(lock.token()).isNotEqualTo("other");
    }
    assertThat(directory).as("nothing is left of it").isEmptyDirectory();
  }

  @Test
  @Timeout(60)
  void aSecondRunIsRefusedWhileTheFirstLives() throws IOException {
    try (OutputLock first = acquire(HOURLY)) {
      isRefused(() -> acquire(HOURLY), ProcessHandle.current().pid(), thisHost());
      first.requireHeld();
    }
    isTakenOver(HOURLY);
  }

  @Test
  @Timeout(60)
  void theLockOfADeadProcessOnThisMachineIsTakenOverAtOnce() throws Exception {
    lockedBy(thisHost(), dead(), Instant.now());
    isTakenOver(HOURLY);
  }

  @Test
  @Timeout(60)
  void aProcessThatGotTheNumberOfADeadOneHoldsNothing() throws IOException {
    lockedBy(thisHost(), ProcessHandle.current().pid(), Instant.EPOCH);
    isTakenOver(HOURLY);
  }

  @Test
  void theLockOfAnotherMachineIsTakenOverAfterSilence() throws IOException {
    lockedBy("elsewhere", ProcessHandle.current().pid(), Instant.EPOCH);
    beat();
    isTakenOver(BEAT);
  }

  @Test
  void theLockOfAnotherMachineHoldsWhileItsHeartBeats() throws IOException {
    lockedBy("elsewhere", 17, Instant.EPOCH);
    try (Ticker heart = new Ticker("another-heart", OFTEN, this::beat)) {
      assertThat(heart).isNotNull();
      isRefused(() -> acquire(BEAT), 17, "elsewhere");
    }
    assertThat(directory.resolve("_lock.json")).content().contains("elsewhere");
  }

  /** Both call themselves localhost. */
  @Test
  void theLockOfAMachineOfTheSameNameHoldsWhileItsHeartBeats() throws Exception {
    holdsWhileTheHeartBeats("another start", LockHolder.self().numbering());
  }

  /** Two containers that share their host's network share its name and its start. */
  @Test
  void theLockOfAnotherContainerHoldsWhileItsHeartBeats() throws Exception {
    holdsWhileTheHeartBeats(LockHolder.self().boot(), "pid:[1]");
  }

  /** Of a version that did not write down whose process numbers these are. */
  @Test
  void aLockThatSaysLessHoldsWhileItsHeartBeats() throws Exception {
    holdsWhileTheHeartBeats(null, null);
  }

  private void holdsWhileTheHeartBeats(String boot, String numbering) throws Exception {
    long pid = dead();
    lockedBy(thisHost(), boot, numbering, pid, Instant.now());
    try (Ticker heart = new Ticker("another-heart", OFTEN, this::beat)) {
      assertThat(heart).isNotNull();
      isRefused(() -> acquire(BEAT), pid, thisHost());
    }
    isTakenOver(BEAT);
  }

  @Test
  void aHolderKnowsWhereItsNumberCounts() {
    LockHolder self = LockHolder.self();
    assertThat(self.countsAs(LockHolder.self())).isTrue();
    assertThat(self.lives()).isTrue();
    if (Files.exists(Path.of("/proc/self/ns/pid"))) {
      assertThat(self.numbering()).startsWith("pid:[");
    }
  }

  @Test
  void halfALockHoldsWhileSomebodysHeartBeats() throws IOException {
    Files.writeString(directory.resolve("_lock.json"), "{\"token\":");
    try (Ticker heart = new Ticker("another-heart", OFTEN, this::beat)) {
      assertThat(heart).isNotNull();
      assertThatThrownBy(() -> acquire(BEAT))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "Another run is writing to %s; wait until it has ended, or choose another --output",
              output);
    }
    isTakenOver(BEAT);
  }

  @Test
  void whoWasSilentTooLongNoticesThatHisLockIsAnothers() throws IOException {
    try (OutputLock late = acquire(HOURLY)) {
      lockedBy("elsewhere", 17, Instant.EPOCH);
      isRefused(late::requireHeld, 17, "elsewhere");
      fs.delete(lockFile, false);
      assertThatThrownBy(late::requireHeld)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("Another run is writing to " + output + "; ");
      lockedBy("elsewhere", 17, Instant.EPOCH);
    }
    assertThat(directory.resolve("_lock.json"))
        .as("closing leaves it to its holder")
        .content()
        .contains("elsewhere");
  }

  @Test
  void whileARunLivesItsHeartBeats() throws IOException, InterruptedException {
    try (OutputLock lock = acquire(OFTEN)) {
      Path heartbeat = directory.resolve("_lock.heartbeat");
      Files.delete(heartbeat);
      long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (!Files.exists(heartbeat) && System.nanoTime() - deadline < 0) {
        Thread.sleep(OFTEN.toMillis());
      }
      assertThat(heartbeat).as("the next beat of %s", lock.token()).exists();
    }
  }

  private void beat() {
    try {
      Files.writeString(directory.resolve("_lock.heartbeat"), UUID.randomUUID().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
