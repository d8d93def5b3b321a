// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.storage.JsonFile;
import org.digitrecognizer.storage.Requests;

/** Which runs came to their end: what was committed since the last of them is new. */
public final class RunLog {

  /**
   * A run that came to its end.
   *
   * @param run its number, from 1
   * @param finishedAt ISO 8601, UTC
   * @param threshold what stands without a person is at least so sure, for good; above 1 where
   *     nothing stands; null in a record of an earlier version
   * @param audit of what stands without a person; null in a record of an earlier version
   */
  public record Run(long run, String finishedAt, Double threshold, Audit audit) {

    /** What there is before the first run. */
    public static final Run NONE = new Run(0, null, null, null);
  }

  private final FileSystem fs;
  private final OutputLayout layout;

  public RunLog(FileSystem fs, OutputLayout layout) {
    this.fs = fs;
    this.layout = layout;
  }

  /** Returns all whole records, by number. */
  public NavigableMap<Long, Run> all() throws IOException {
    NavigableMap<Long, Run> all = new TreeMap<>();
    List<FileStatus> files = Requests.list(fs, layout.runs());
    for (Optional<Run> record :
        Requests.all(files, file -> JsonFile.readIfWhole(fs, file.getPath(), Run.class))) {
      record.filter(run -> run.run() > 0).ifPresent(run -> all.put(run.run(), run));
    }
    return all;
  }

  /** Writes the record of a run. */
  public void write(Run record) throws IOException {
    JsonFile.seal(fs, new Path(layout.runs(), "run=" + record.run() + ".json"), record);
  }
}
