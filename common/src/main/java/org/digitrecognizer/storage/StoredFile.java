// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file as it was when it was written, so that one that is missing or was changed is noticed.
 *
 * @param name of the file, without its folder
 * @param length in bytes
 * @param crc32c of all its bytes
 */
public record StoredFile(String name, long length, long crc32c) {

  private static final int BUFFER = 1 << 16;

  /** Describes a file by reading all of it. */
  public static StoredFile of(FileSystem fs, Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] buffer = new byte[BUFFER];
    long length = 0;
    try (InputStream in = fs.open(file)) {
      int count;
      while ((count = in.read(buffer)) >= 0) {
        checksum.update(buffer, 0, count);
        length += count;
      }
    }
    return new StoredFile(file.getName(), length, checksum.getValue());
  }

  /** Whether a file has this length; false, too, where there is none. */
  public boolean hasLength(FileSystem fs, Path file) throws IOException {
    return length(fs, file).equals(OptionalLong.of(length));
  }

  /**
   * Gives a file that was staged the name that readers see, as far as it has not got it. May be
   * called again at any time, also by two at once. Renaming need not be one step: a target of
   * another length is half a copy, and gives way.
   *
   * @param staged where it was written; nothing is there if it was renamed before
   * @return whether the target is there now, with its length
   */
  public boolean publish(FileSystem fs, Path staged, Path target) throws IOException {
    OptionalLong there = length(fs, target);
    if (!there.equals(OptionalLong.of(length)) && hasLength(fs, staged)) {
      // What was not there may be whole by now, if another is at the same.
      if (there.isPresent()) {
        fs.delete(target, false);
      }
      fs.mkdirs(target.getParent());
      rename(fs, staged, target);
    }
    return hasLength(fs, target);
  }

  private static void rename(FileSystem fs, Path staged, Path target) throws IOException {
    try {
      fs.rename(staged, target);
    } catch (FileNotFoundException | FileAlreadyExistsException e) {
      // Another has renamed it meanwhile, or is about to, which other file systems answer with
      // false. Whether the target is whole is seen by its length afterwards.
      return;
    }
  }

  private static OptionalLong length(FileSystem fs, Path file) throws IOException {
    try {
      return OptionalLong.of(fs.getFileStatus(file).getLen());
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    }
  }

  /** Whether a file has the very same bytes. */
  public boolean hasBytes(FileSystem fs, Path file) throws IOException {
    try {
      return equals(of(fs, file));
    } catch (FileNotFoundException | org.apache.hadoop.fs.ChecksumException e) {
      return false;
    }
  }
}
