package org.digitrecognizer.jobs.score.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;

/**
 * The pictures of a run, and those of the whole output. Those of a task come from a file, one task
 * after the other, so that however many there are, no more are in memory than are kept. Those of a
 * chunk are saved before it is committed; when a run has ended, those of the whole output so far
 * are one file. Several chunks may be saved at once.
 */
public final class RunPictures {

  private final FileSystem fs;
  private final OutputLayout layout;
  private final Consumer<String> note;

  /** By batch: in a later one, files of those before it may be read again. */
  private final NavigableMap<Long, Pictures> batches = new TreeMap<>();

  /**
   * @param note says that pictures are left out
   */
  public RunPictures(FileSystem fs, OutputLayout layout, Consumer<String> note) {
    this.fs = fs;
    this.layout = layout;
    this.note = note;
  }

  /** Returns the confidence that no picture of a batch's least certain is beyond any more. */
  public synchronized double bound(long batch) {
    return of(batch).leastCertain().bound().orElse(1);
  }

  /**
   * Adds what tasks have found, and saves it as a chunk's.
   *
   * @param found the tasks' files
   */
  public void save(long batch, long chunk, List<Path> found) throws IOException {
    Pictures all = new Pictures();
    for (Path file : found) {
      all.merge(PictureFile.read(fs, file));
    }
    PictureFile.write(fs, chunkFile(batch, chunk), all);
    merge(batch, all);
  }

  /** Adds those of a chunk that was committed before this run began. */
  public void load(CommitRecord record) throws IOException {
    merge(record.batch(), read(chunkFile(record.batch(), record.chunk())));
  }

  private synchronized void merge(long batch, Pictures found) {
    of(batch).merge(found);
  }

  private Pictures of(long batch) {
    return batches.computeIfAbsent(batch, any -> new Pictures());
  }

  /**
   * Returns those of the run, when its chunks are done.
   *
   * @param readAgain files that later batches have read again, by batch
   */
  synchronized Pictures run(SortedMap<Long, Set<String>> readAgain) {
    Pictures run = new Pictures();
    batches.forEach(
        (batch, found) -> run.merge(found.without(files(readAgain.tailMap(batch + 1)))));
    return run;
  }

  private static Set<String> files(SortedMap<Long, Set<String>> readAgain) {
    return readAgain.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
  }

  /**
   * Returns those of the whole output, that of the run included.
   *
   * @param last number of the run before
   * @param readAgain files that later batches have read again, by batch
   */
  Pictures whole(long last, SortedMap<Long, Set<String>> readAgain) throws IOException {
    Pictures whole = new Pictures();
    if (last > 0) {
      whole.merge(read(wholeFile(last)).without(files(readAgain)));
    }
    whole.merge(run(readAgain));
    return whole;
  }

  /** Saves those of the whole output up to a run. */
  void saveWhole(long number, Pictures whole) throws IOException {
    PictureFile.write(fs, wholeFile(number), whole);
  }

  /** Deletes what the file of the whole output holds, once the run's record is written. */
  public void deleteBefore(long number, List<CommitRecord> records) throws IOException {
    for (CommitRecord record : records) {
      fs.delete(chunkFile(record.batch(), record.chunk()), false);
    }
    fs.delete(wholeFile(number - 1), false);
  }

  /** Pictures are comfort: a page without one is better than none. */
  private Pictures read(Path file) throws IOException {
    try {
      return PictureFile.read(fs, file);
    } catch (FileNotFoundException e) {
      return new Pictures();
    } catch (IOException | RuntimeException e) {
      note.accept(file + " is damaged; the report goes without its pictures");
      return new Pictures();
    }
  }

  private Path chunkFile(long batch, long chunk) {
    return new Path(layout.pictures(), OutputLayout.chunk(batch, chunk) + ".json.gz");
  }

  private Path wholeFile(long number) {
    return new Path(layout.pictures(), "run=" + number + ".json.gz");
  }
}
