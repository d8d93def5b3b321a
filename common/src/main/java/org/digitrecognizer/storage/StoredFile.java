package org.digitrecognizer.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
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

  /** Returns the length of a file in bytes; empty if there is none. */
  public static OptionalLong length(FileSystem fs, Path file) throws IOException {
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
