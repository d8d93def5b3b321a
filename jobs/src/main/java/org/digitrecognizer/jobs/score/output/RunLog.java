package org.digitrecognizer.jobs.score.output;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.storage.JsonFile;

/** Which runs came to their end: what was committed since the last of them is new. */
public final class RunLog {

  /**
   * A run that came to its end.
   *
   * @param run its number, from 1
   * @param finishedAt ISO 8601, UTC
   */
  public record Run(long run, String finishedAt) {

    /** What there is before the first run. */
    static final Run NONE = new Run(0, null);
  }

  private final FileSystem fs;
  private final OutputLayout layout;

  public RunLog(FileSystem fs, OutputLayout layout) {
    this.fs = fs;
    this.layout = layout;
  }

  /** Returns the newest whole record, or {@link Run#NONE}. */
  public Run last() throws IOException {
    Run last = Run.NONE;
    if (fs.exists(layout.runs())) {
      for (FileStatus file : fs.listStatus(layout.runs())) {
        Run record = JsonFile.readIfWhole(fs, file.getPath(), Run.class).orElse(Run.NONE);
        last = record.run() > last.run() ? record : last;
      }
    }
    return last;
  }

  /** Writes the record of a run. */
  public void write(Run record) throws IOException {
    JsonFile.seal(fs, new Path(layout.runs(), "run=" + record.run() + ".json"), record);
  }
}
