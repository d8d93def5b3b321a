// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.failure;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Tells a file that may not be read from one that is missing: for local files Java throws the same
 * exception.
 */
public final class UnreadableFile {

  private UnreadableFile() {}

  /**
   * Returns if a file is missing.
   *
   * @param error what opening it threw
   * @throws UserException if it is there
   */
  public static void refuse(FileSystem fileSystem, Path file, FileNotFoundException error)
      throws IOException {
    if (fileSystem.exists(file)) {
      throw new UserException(
          file
              + " is there but cannot be read ("
              + error.getMessage()
              + "); make it a file that this user may read",
          error);
    }
  }
}
