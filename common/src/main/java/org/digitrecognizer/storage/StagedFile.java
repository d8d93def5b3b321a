// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;

/**
 * A file, or a folder, that gets its name when it is whole. Until then it stands beside its place
 * under a name that begins with {@code _}, and what was there before is left alone.
 */
public final class StagedFile {

  private final FileSystem fs;
  private final Path staged;
  private final Path target;

  /**
   * @param target where it is to be
   */
  public StagedFile(FileSystem fs, Path target) {
    this.fs = fs;
    this.staged = new Path(target.getParent(), "_" + target.getName());
    this.target = target;
  }

  /** Returns where it is written. */
  public Path staged() {
    return staged;
  }

  /** Returns where it is once it has its name. */
  public Path target() {
    return target;
  }

  /**
   * Refuses a place that must not be written to.
   *
   * @param overwrite whether a file that is there may be replaced
   * @throws UserException if there is a directory, or a file that may not
   */
  public void requireWritable(boolean overwrite) throws IOException {
    if (!fs.exists(target)) {
      return;
    }
    if (fs.getFileStatus(target).isDirectory()) {
      throw new UserException(
          target + " is a directory; name the file to write, such as one in it");
    }
    if (!overwrite) {
      throw new UserException(
          target + " exists already; choose another place or pass --overwrite to replace it");
    }
  }

  /** Writes all of it and gives it its name; where that fails, nothing of it is left. */
  public void write(FileContent content) throws IOException {
    try {
      content.writeTo(fs, staged);
      publish();
    } finally {
      discard();
    }
  }

  /** Gives it its name, in place of what has that name. */
  public void publish() throws IOException {
    fs.delete(target, true);
    move(fs, staged, target);
  }

  /** Deletes it, if it has not got its name. */
  public void discard() throws IOException {
    fs.delete(staged, true);
  }

  /**
   * Moves the files of a folder to another, one after the other. Renaming need not be one step: who
   * finds the last of them whole has the rest.
   *
   * @param names paths below the folder
   * @throws IOException if the file system fails; then what was not moved yet is where it was
   */
  public static void moveAll(FileSystem fs, Path from, Path to, List<String> names)
      throws IOException {
    for (String name : names) {
      Path target = new Path(to, name);
      fs.mkdirs(target.getParent());
      move(fs, new Path(from, name), target);
    }
  }

  private static void move(FileSystem fs, Path from, Path to) throws IOException {
    if (!fs.rename(from, to)) {
      throw new IOException(from + " cannot be renamed to " + to);
    }
  }
}
