package org.digitrecognizer.jobs.score;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The pictures of a run, and those of the whole output. Those of a chunk are saved before it is
 * committed; when a run has ended, those of the whole output so far are one file. Several chunks
 * may be saved at once.
 */
final class RunPictures {

  private final FileSystem fs;
  private final OutputLayout layout;
  private final Pictures run = new Pictures();

  RunPictures(FileSystem fs, OutputLayout layout) {
    this.fs = fs;
    this.layout = layout;
  }

  /** Returns the confidence that no picture of the least certain is beyond any more. */
  synchronized double bound() {
    return run.leastCertain().bound().orElse(1);
  }

  /** Adds what tasks have found, and saves it as a chunk's. */
  void save(long batch, long chunk, List<Pictures> found) throws IOException {
    Pictures all = new Pictures();
    found.forEach(all::merge);
    write(chunkFile(batch, chunk), all);
    merge(all);
  }

  /** Adds those of a chunk that was committed before this run began. */
  void load(CommitRecord record) throws IOException {
    merge(read(chunkFile(record.batch(), record.chunk())));
  }

  private synchronized void merge(Pictures found) {
    run.merge(found);
  }

  /** Returns those of the run, when its chunks are done. */
  Pictures run() {
    return run;
  }

  /**
   * Returns those of the whole output, that of the run included.
   *
   * @param superseded files whose rows of before are gone
   */
  Pictures whole(RunRecord last, Set<String> superseded) throws IOException {
    Pictures whole = new Pictures();
    if (last.run() > 0) {
      whole.merge(read(wholeFile(last.run())).without(superseded));
    }
    whole.merge(run);
    return whole;
  }

  /** Saves those of the whole output up to a run. */
  void saveWhole(long number, Pictures whole) throws IOException {
    write(wholeFile(number), whole);
  }

  /** Deletes what the file of the whole output holds, once the run's record is written. */
  void deleteBefore(long number, List<CommitRecord> records) throws IOException {
    for (CommitRecord record : records) {
      fs.delete(chunkFile(record.batch(), record.chunk()), false);
    }
    fs.delete(wholeFile(number - 1), false);
  }

  private Pictures read(Path file) throws IOException {
    try (InputStream in = fs.open(file)) {
      return PictureFile.read(in);
    } catch (FileNotFoundException e) {
      // A page without a picture is better than none.
      return new Pictures();
    }
  }

  private void write(Path file, Pictures pictures) throws IOException {
    try (OutputStream out = fs.create(file, true)) {
      PictureFile.write(pictures, out);
    }
  }

  private Path chunkFile(long batch, long chunk) {
    return new Path(layout.pictures(), CommitLog.name(batch, chunk) + ".json.gz");
  }

  private Path wholeFile(long number) {
    return new Path(layout.pictures(), "run=" + number + ".json.gz");
  }
}
