package org.digitrecognizer.jobs.score.output;

import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;

/** What is said of a file of the output that is not as it was written. */
public final class Damage {

  private Damage() {}

  /**
   * Returns the error that names a file.
   *
   * @param what is wrong with it, as in "is missing"
   */
  public static UserException of(Path file, String what) {
    return new UserException(
        file
            + " "
            + what
            + "; the output is damaged: put the file back, choose a new --output, or pass"
            + " --overwrite to score all of it again");
  }
}
