package org.digitrecognizer.jobs.score.output;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.storage.JsonFile;

/**
 * Which chunks are done. A chunk's rows are staged under a hidden name; its record, written in one
 * go, commits it; then its files get the names that readers see. Who dies in between finds the
 * record when it starts again, and goes on from there. Renaming need not be one step: a file that
 * is there with another length than its record says is half a copy.
 */
public final class CommitLog {

  private static final Pattern RECORD =
      Pattern.compile("batch=(-?\\d+)/chunk=(\\d+)(\\.next)?\\.json");

  private final FileSystem fs;
  private final OutputLayout layout;

  public CommitLog(FileSystem fs, OutputLayout layout) {
    this.fs = fs;
    this.layout = layout;
  }

  /** Returns the folder for what a chunk's tasks write; readers do not see it. */
  public Path staging(long batch, long chunk) {
    return new Path(layout.staging(), name(batch, chunk));
  }

  /** Returns a chunk's record if it is committed. */
  public Optional<CommitRecord> find(long batch, long chunk) throws IOException {
    Optional<CommitRecord> record =
        JsonFile.readIfWhole(fs, file(batch, chunk), CommitRecord.class);
    return record.isPresent()
        ? record
        : JsonFile.readIfWhole(fs, next(batch, chunk), CommitRecord.class);
  }

  /** Returns all records, in the order of batch and chunk. */
  public List<CommitRecord> all() throws IOException {
    Set<CommitRecord> found = new HashSet<>();
    for (FileStatus batch : list(layout.commits())) {
      for (FileStatus file : list(batch.getPath())) {
        Matcher name = RECORD.matcher(batch.getPath().getName() + "/" + file.getPath().getName());
        if (name.matches()) {
          find(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))).ifPresent(found::add);
        }
      }
    }
    List<CommitRecord> records = new ArrayList<>(found);
    records.sort(
        Comparator.comparingLong(CommitRecord::batch).thenComparingLong(CommitRecord::chunk));
    return records;
  }

  /** Writes a chunk's record: from here on it is done, whatever happens. */
  public void commit(CommitRecord record) throws IOException {
    JsonFile.write(fs, file(record.batch(), record.chunk()), record);
  }

  /** Writes another record of a chunk that is committed; whoever dies in it leaves one of both. */
  void replace(CommitRecord record) throws IOException {
    JsonFile.write(fs, next(record.batch(), record.chunk()), record);
    JsonFile.write(fs, file(record.batch(), record.chunk()), record);
    fs.delete(next(record.batch(), record.chunk()), false);
  }

  /** Returns where readers see a file of a chunk. */
  Path published(CommitRecord record, CommitRecord.Part part, Path kind) {
    return new Path(new Path(kind, name(record.batch(), record.chunk())), part.name());
  }

  /**
   * Gives a committed chunk's files the names that readers see, as far as they have not got them;
   * files that are no longer the chunk's go first. May be called again at any time.
   *
   * @throws UserException if a file has gone or has another length, and is left as it is
   */
  public void publish(CommitRecord record) throws IOException {
    publish(record, record.predictions(), layout.predictions());
    publish(record, record.rejected(), layout.rejected());
    fs.delete(staging(record.batch(), record.chunk()), true);
  }

  private void publish(CommitRecord record, CommitRecord.Part part, Path kind) throws IOException {
    Path folder = new Path(kind, name(record.batch(), record.chunk()));
    for (FileStatus file : list(folder)) {
      if (part == null || !file.getPath().getName().equals(part.name())) {
        fs.delete(file.getPath(), true);
      }
    }
    if (part == null) {
      return;
    }
    Path target = published(record, part, kind);
    OptionalLong there = length(target);
    if (there.equals(OptionalLong.of(part.length()))) {
      return;
    }
    Path staged =
        new Path(new Path(staging(record.batch(), record.chunk()), kind.getName()), part.name());
    if (hasLength(staged, part.length())) {
      // What was not there may be whole by now, if a run that took the lock over is here too.
      if (there.isPresent()) {
        fs.delete(target, false);
      }
      fs.mkdirs(target.getParent());
      rename(staged, target);
    }
    if (!hasLength(target, part.length())) {
      throw new UserException(
          String.format(
              "%s is missing or was changed, though its rows were committed; the output is damaged:"
                  + " choose a new --output, or pass --overwrite to score all of it again",
              target));
    }
  }

  private void rename(Path staged, Path target) throws IOException {
    try {
      fs.rename(staged, target);
    } catch (FileNotFoundException e) {
      // Another has renamed it meanwhile, which other file systems answer with false. Whether the
      // target is whole is seen by its length afterwards.
      return;
    }
  }

  private boolean hasLength(Path file, long length) throws IOException {
    return length(file).equals(OptionalLong.of(length));
  }

  private OptionalLong length(Path file) throws IOException {
    try {
      return OptionalLong.of(fs.getFileStatus(file).getLen());
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    }
  }

  private FileStatus[] list(Path directory) throws IOException {
    try {
      return fs.listStatus(directory);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  private Path next(long batch, long chunk) {
    return new Path(layout.commits(), name(batch, chunk) + ".next.json");
  }

  private Path file(long batch, long chunk) {
    return new Path(layout.commits(), name(batch, chunk) + ".json");
  }

  public static String name(long batch, long chunk) {
    return "batch=" + batch + "/chunk=" + chunk;
  }
}
