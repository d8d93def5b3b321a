// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.DyingFileSystem;
import org.digitrecognizer.storage.StoredFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits a chunk on a file system that dies while it changes something. */
class CommitLogTest {

  private static final String PREDICTIONS = "the rows of the readings";
  private static final String REJECTED = "the rows of the rejects";
  private static final CommitRecord RECORD =
      new CommitRecord(
          3,
          7,
          1,
          new CommitRecord.Part(new StoredFile("part-a.parquet", PREDICTIONS.length(), 0), 20),
          new CommitRecord.Part(new StoredFile("part-b.parquet", REJECTED.length(), 0), 2),
          null,
          null,
          22,
          21,
          1,
          1.5,
          "2026-01-02T03:04:05Z");

  @TempDir private Path directory;
  private FileSystem fs;
  private CommitLog log;

  @BeforeEach
  void open() throws IOException {
    Configuration configuration = new Configuration();
    DyingFileSystem.register(configuration);
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path("dying://" + directory);
    fs = root.getFileSystem(configuration);
    log = reopened();
  }

  private CommitLog reopened() throws IOException {
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path("dying://" + directory);
    return CommitLog.open(fs, new OutputLayout(root), List.of());
  }

  @AfterEach
  void live() {
    DyingFileSystem.live();
  }

  private Path staged(String name) {
    return directory.resolve("_staging/batch=3/chunk=7").resolve(name);
  }

  private Path published(String name) {
    return directory.resolve(name.replace("/", "/batch=3/chunk=7/"));
  }

  private void stage() throws IOException {
    write(staged("predictions/part-a.parquet"), PREDICTIONS);
    write(staged("rejected/part-b.parquet"), REJECTED);
    write(staged("p-00000-1-a.parquet"), "what a task wrote");
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void isPublished() throws IOException {
    assertThat(published("predictions/part-a.parquet")).hasContent(PREDICTIONS);
    assertThat(published("rejected/part-b.parquet")).hasContent(REJECTED);
    assertThat(directory.resolve("_staging/batch=3/chunk=7")).doesNotExist();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static boolean survives(int changes, Work work) throws IOException {
    DyingFileSystem.dieAfter(changes);
    try {
      work.run();
      return true;
    } catch (IOException e) {
      assertThat(DyingFileSystem.isDead()).as("it fails for no other reason: %s", e).isTrue();
      return false;
    } finally {
      DyingFileSystem.live();
    }
  }

  @Test
  void whereverPublishingDiesItIsEndedByAnother() throws IOException {
    int deaths = 0;
    stage();
    while (!survives(deaths, () -> log.publish(RECORD))) {
      log.publish(RECORD);
      isPublished();
      log.publish(RECORD);
      isPublished();
      deaths++;
      fs.delete(new org.apache.hadoop.fs.Path("dying://" + directory), true);
      stage();
    }
    isPublished();
    assertThat(deaths).as("two files to rename, one folder to delete").isEqualTo(3);
  }

  @Test
  void renamingDiesHalfWay() throws IOException {
    stage();
    assertThat(survives(0, () -> log.publish(RECORD))).isFalse();
    assertThat(published("predictions/part-a.parquet"))
        .hasContent(PREDICTIONS.substring(0, PREDICTIONS.length() / 2));
    log.publish(RECORD);
    isPublished();
  }

  @Test
  void wholeCopyWhoseStagedFileIsStillThereIsLeftAsItIs() throws IOException {
    stage();
    write(published("predictions/part-a.parquet"), PREDICTIONS);
    log.publish(RECORD);
    isPublished();
  }

  /** The run that took the lock over is as far as the one that lost it. */
  @Test
  void whatAnotherHasPublishedMeanwhileIsNotDeleted() throws IOException {
    stage();
    FileSystem beaten =
        new FilterFileSystem(fs) {
          @Override
          public FileStatus getFileStatus(org.apache.hadoop.fs.Path file) throws IOException {
            FileStatus status = super.getFileStatus(file);
            if (file.toUri().getPath().equals(staged("predictions/part-a.parquet").toString())) {
              log.publish(RECORD);
            }
            return status;
          }
        };
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path("dying://" + directory);
    CommitLog.open(beaten, new OutputLayout(root), List.of()).publish(RECORD);
    isPublished();
  }

  @Test
  void halfARecordIsNone() throws IOException {
    assertThat(survives(0, () -> log.commit(RECORD))).as("died creating it").isFalse();
    assertThat(reopened().find(3, 7)).isEmpty();
    assertThat(survives(1, () -> log.commit(RECORD))).as("died writing it").isFalse();
    Path file = directory.resolve("_commits/batch=3/chunk=7.json");
    byte[] half = Files.readAllBytes(file);
    assertThat(half).isNotEmpty();
    assertThat(reopened().find(3, 7)).isEmpty();
    assertThat(reopened().all()).isEmpty();

    log.commit(RECORD);
    assertThat(log.find(3, 7)).contains(RECORD);
    assertThat(reopened().find(3, 7)).contains(RECORD);
    assertThat(reopened().all()).containsExactly(RECORD);
    assertThat(Files.readString(file, StandardCharsets.UTF_8))
        .startsWith(new String(half, StandardCharsets.UTF_8))
        .hasSizeGreaterThan(half.length);
  }

  @Test
  void whoeverDiesReplacingARecordLeavesTheOldOneOrTheNewOne() throws IOException {
    CommitRecord rest = RECORD.with(null, RECORD.rejected(), null, null, 1);
    Set<CommitRecord> seen = new HashSet<>();
    int deaths = 0;
    log.commit(RECORD);
    while (!survives(deaths, () -> log.replace(rest))) {
      CommitRecord left = reopened().find(3, 7).orElseThrow();
      assertThat(left).as("after %d changes", deaths).isIn(RECORD, rest);
      assertThat(reopened().all()).as("after %d changes", deaths).containsExactly(left);
      seen.add(left);
      log.replace(rest);
      assertThat(reopened().all()).containsExactly(rest);
      log.commit(RECORD);
      deaths++;
    }
    assertThat(seen).containsExactlyInAnyOrder(RECORD, rest);
    assertThat(reopened().all()).containsExactly(rest);
  }

  @Test
  void noBeginningOfARecordIsARecord() throws IOException {
    log.commit(RECORD);
    Path file = directory.resolve("_commits/batch=3/chunk=7.json");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(reopened().find(3, 7)).as("%d of %d bytes", length, whole.length).isEmpty();
    }
  }

  @Test
  void recordsComeInTheOrderOfTheirNumbers() throws IOException {
    for (long chunk : new long[] {10, 9, 2}) {
      log.commit(new CommitRecord(0, chunk, 1, null, null, null, null, 0, 0, 0, 0, ""));
    }
    log.commit(new CommitRecord(1, 1, 1, null, null, null, null, 0, 0, 0, 0, ""));
    assertThat(reopened().all()).extracting(CommitRecord::chunk).containsExactly(2L, 9L, 10L, 1L);
  }

  @Test
  void aPublishedFileThatVanishedIsSaid() throws IOException {
    stage();
    log.publish(RECORD);
    Path vanished = published("rejected/part-b.parquet");
    Files.delete(vanished);
    assertThatThrownBy(() -> log.publish(RECORD))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "dying:%s is missing or was changed, though its rows were committed; the output is"
                + " damaged: put the file back, choose a new --output, or pass --overwrite to score"
                + " all of it again",
            vanished);
    assertThat(published("predictions/part-a.parquet")).hasContent(PREDICTIONS);
  }

  @Test
  void aPublishedFileThatSomebodyChangedIsNotDeleted() throws IOException {
    stage();
    log.publish(RECORD);
    Path changed = published("predictions/part-a.parquet");
    Files.writeString(changed, "something else");
    assertThatThrownBy(() -> log.publish(RECORD)).isInstanceOf(UserException.class);
    assertThat(changed).hasContent("something else");
  }
}
