package org.digitrecognizer.jobs.score.output;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.storage.JsonFile;

/** Which runs came to their end: what was committed since the last of them is new. */
public final class RunLog {

  private final FileSystem fs;
  private final OutputLayout layout;

  public RunLog(FileSystem fs, OutputLayout layout) {
    this.fs = fs;
    this.layout = layout;
  }

  /** Returns the newest whole record, or {@link RunRecord#NONE}. */
  public RunRecord last() throws IOException {
    RunRecord last = RunRecord.NONE;
    if (fs.exists(layout.runs())) {
      for (FileStatus file : fs.listStatus(layout.runs())) {
        RunRecord record =
            JsonFile.readIfWhole(fs, file.getPath(), RunRecord.class).orElse(RunRecord.NONE);
        last = record.run() > last.run() ? record : last;
      }
    }
    return last;
  }

  /** Writes the record of a run. */
  public void write(RunRecord record) throws IOException {
    JsonFile.seal(fs, new Path(layout.runs(), "run=" + record.run() + ".json"), record);
  }
}
