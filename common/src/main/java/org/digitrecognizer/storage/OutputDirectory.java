// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;

/**
 * Decides whether a job may write to a directory. Deletes nothing: how an old output gives way to a
 * new one is up to what is in it, since neither renaming nor replacing a directory is one step
 * everywhere.
 */
public final class OutputDirectory {

  private OutputDirectory() {}

  /**
   * Refuses a directory that exists, unless it may be overwritten and holds nothing but what this
   * kind of output consists of. Names may be common ones: see {@link #requireMark}. So {@code
   * --overwrite} with a mistyped path harms nothing.
   *
   * @param overwrite whether the user said {@code --overwrite}
   * @param kind what the output is, as in "is no digits dataset"
   * @param own tells by its name whether a direct child belongs to such an output, finished or not
   * @throws UserException if it is refused
   */
  public static void require(
      FileSystem fs, Path directory, boolean overwrite, String kind, Predicate<String> own)
      throws IOException {
    if (!fs.exists(directory)) {
      return;
    }
    if (!overwrite) {
      throw new UserException(
          directory + " exists already; choose another place or pass --overwrite to replace it");
    }
    if (!fs.getFileStatus(directory).isDirectory()) {
      throw new UserException(
          directory + " is a file and no " + kind + ", so --overwrite leaves it alone");
    }
    Arrays.stream(fs.listStatus(directory))
        .map(FileStatus::getPath)
        .filter(child -> !own.test(child.getName()))
        .findFirst()
        .ifPresent(
            foreign -> {
              throw new UserException(
                  String.format(
                      "%s holds '%s', which is no part of a %s, so --overwrite leaves it alone;"
                          + " choose another place",
                      directory, foreign.getName(), kind));
            });
  }

  /**
   * Refuses a directory in which there is something, but nothing that only this kind of output has.
   *
   * @param kind what the output is, as in "is no digits dataset"
   * @param marks paths below the directory, of which such an output, finished or not, has at least
   *     one and hardly anything else has any
   * @throws UserException if it is refused
   */
  public static void requireMark(FileSystem fs, Path directory, String kind, List<String> marks)
      throws IOException {
    if (!fs.exists(directory) || fs.listStatus(directory).length == 0) {
      return;
    }
    for (String mark : marks) {
      if (fs.exists(new Path(directory, mark))) {
        return;
      }
    }
    throw new UserException(
        String.format(
            "%s holds no %s, so it may be no %s and --overwrite leaves it alone; choose another"
                + " place",
            directory, marks.get(0), kind));
  }
}
