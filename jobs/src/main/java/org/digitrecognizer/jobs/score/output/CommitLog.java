// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.storage.JsonFile;
import org.digitrecognizer.storage.Requests;
import org.digitrecognizer.storage.StoredFile;
import org.digitrecognizer.storage.TwinFile;

/**
 * Which chunks are done. A chunk's rows are staged under a hidden name; its record, written in one
 * go, commits it; then its files get the names that readers see. If the process dies in between,
 * the next run finds the record and goes on from there. Renaming need not be one step: a file that
 * is there with another length than its record says is half a copy.
 */
public final class CommitLog {

  private static final Pattern RECORD =
      Pattern.compile("batch=(\\d+)/chunk=(\\d+)(\\.next)?\\.json");

  private final FileSystem fs;
  private final OutputLayout layout;
  private final ConcurrentSkipListMap<Chunk, CommitRecord> records = new ConcurrentSkipListMap<>();

  /** Records that were read one by one: a run that died may have left their files staged. */
  private final List<CommitRecord> unfolded = new ArrayList<>();

  /** Names a chunk, in the order of batch and chunk. */
  private record Chunk(long batch, long number) implements Comparable<Chunk> {

    @Override
    public int compareTo(Chunk other) {
      int byBatch = Long.compare(batch, other.batch);
      return byBatch != 0 ? byBatch : Long.compare(number, other.number);
    }
  }

  private CommitLog(FileSystem fs, OutputLayout layout) {
    this.fs = fs;
    this.layout = layout;
  }

  /**
   * Reads the records.
   *
   * @param folded records that need not be read again
   * @throws UserException if a folded record's file is missing
   */
  public static CommitLog open(FileSystem fs, OutputLayout layout, Collection<CommitRecord> folded)
      throws IOException {
    CommitLog log = new CommitLog(fs, layout);
    folded.forEach(log::remember);
    Set<Chunk> there = new HashSet<>();
    List<Path> batches =
        Requests.list(fs, layout.commits()).stream().map(FileStatus::getPath).toList();
    for (FileStatus file : Requests.listAll(fs, batches)) {
      Path path = file.getPath();
      Matcher name = RECORD.matcher(path.getParent().getName() + "/" + path.getName());
      if (name.matches()) {
        there.add(new Chunk(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))));
      }
    }
    for (Chunk chunk : log.records.keySet()) {
      if (!there.contains(chunk)) {
        throw Inventory.damage(layout.commit(chunk.batch, chunk.number), "is missing");
      }
    }
    for (Chunk chunk : there) {
      if (!log.records.containsKey(chunk)) {
        Optional<CommitRecord> record = log.load(chunk.batch, chunk.number);
        record.ifPresent(log::remember);
        record.ifPresent(log.unfolded::add);
      }
    }
    return log;
  }

  /**
   * Publishes chunks whose publication may have been cut short.
   *
   * @param expired whose rows are gone for good
   * @throws UserException if a chunk's file has gone or has another length
   */
  public void publishUnfolded(ExpiredRows expired) throws IOException {
    for (CommitRecord record : unfolded) {
      if (!expired.has(record)) {
        publish(record);
      }
    }
  }

  private void remember(CommitRecord record) {
    records.put(new Chunk(record.batch(), record.chunk()), record);
  }

  private Optional<CommitRecord> load(long batch, long chunk) throws IOException {
    return twin(batch, chunk).read(path -> JsonFile.readIfWhole(fs, path, CommitRecord.class));
  }

  /** Returns the folder for what a chunk's tasks write; readers do not see it. */
  public Path staging(long batch, long chunk) {
    return new Path(layout.staging(), OutputLayout.chunk(batch, chunk));
  }

  /** Returns a chunk's record if it is committed. */
  public Optional<CommitRecord> find(long batch, long chunk) {
    return Optional.ofNullable(records.get(new Chunk(batch, chunk)));
  }

  /** Returns all records, in the order of batch and chunk. */
  public List<CommitRecord> all() {
    return List.copyOf(records.values());
  }

  /** Writes a chunk's record: from here on it is done, whatever happens. */
  public void commit(CommitRecord record) throws IOException {
    JsonFile.seal(fs, layout.commit(record.batch(), record.chunk()), record);
    remember(record);
  }

  /** Writes another record of a chunk that is committed; a death in it leaves one of both. */
  void replace(CommitRecord record) throws IOException {
    byte[] sealed = JsonFile.sealed(record);
    twin(record.batch(), record.chunk()).replace(out -> out.write(sealed));
    remember(record);
  }

  /** Returns where readers see a file of a chunk. */
  Path published(CommitRecord record, CommitRecord.Part part, Path kind) {
    return new Path(
        new Path(kind, OutputLayout.chunk(record.batch(), record.chunk())), part.file().name());
  }

  /**
   * Gives a committed chunk's files the names that readers see, as far as they have not got them;
   * files that are no longer the chunk's go first. May be called again at any time.
   *
   * @throws UserException if a file has gone or has another length, and is left as it is
   */
  public void publish(CommitRecord record) throws IOException {
    requirePublished(record, record.predictions(), layout.predictions());
    requirePublished(record, record.rejected(), layout.rejected());
    requirePublished(record, record.numbers(), layout.numbers());
    // Somebody may have cleared them away; who reads pictures says which are missing.
    publish(record, record.pictures(), layout.pictures());
    fs.delete(staging(record.batch(), record.chunk()), true);
  }

  private void requirePublished(CommitRecord record, CommitRecord.Part part, Path kind)
      throws IOException {
    if (!publish(record, part, kind)) {
      throw Inventory.damage(
          published(record, part, kind),
          "is missing or was changed, though its rows were committed");
    }
  }

  /** Returns whether the file is where readers see it, whole. */
  private boolean publish(CommitRecord record, CommitRecord.Part part, Path kind)
      throws IOException {
    Path folder = new Path(kind, OutputLayout.chunk(record.batch(), record.chunk()));
    for (FileStatus file : Requests.list(fs, folder)) {
      if (part == null || !file.getPath().getName().equals(part.file().name())) {
        fs.delete(file.getPath(), true);
      }
    }
    if (part == null) {
      return true;
    }
    StoredFile file = part.file();
    Path target = published(record, part, kind);
    Path staged =
        new Path(new Path(staging(record.batch(), record.chunk()), kind.getName()), file.name());
    return file.publish(fs, staged, target);
  }

  private TwinFile twin(long batch, long chunk) {
    Path next = new Path(layout.commits(), OutputLayout.chunk(batch, chunk) + ".next.json");
    return new TwinFile(fs, layout.commit(batch, chunk), next);
  }
}
