package org.digitrecognizer.jobs.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;

/**
 * A file to be written. It gets its name when it is whole; until then it stands beside it under one
 * that begins with {@code _}, and what was there before is left alone.
 */
final class OutputFile {

  private final FileSystem fileSystem;
  private final Path file;
  private final Path temporary;

  OutputFile(Path file, Configuration conf) throws IOException {
    this.fileSystem = file.getFileSystem(conf);
    this.file = file;
    this.temporary = new Path(file.getParent(), "_" + file.getName());
  }

  /** What writes it. */
  @FunctionalInterface
  interface Content {
    /** Writes all of it; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * @throws UserException if there is something that must not be replaced
   */
  void requireWritable(boolean overwrite) throws IOException {
    if (!fileSystem.exists(file)) {
      return;
    }
    if (fileSystem.getFileStatus(file).isDirectory()) {
      throw new UserException(file + " is a directory; name the file to write, such as one in it");
    }
    if (!overwrite) {
      throw new UserException(
          file + " exists already; choose another place or pass --overwrite to replace it");
    }
  }

  void write(Content content) throws IOException {
    try {
      try (OutputStream out = new BufferedOutputStream(fileSystem.create(temporary, true))) {
        content.writeTo(out);
      }
      fileSystem.delete(file, false);
      if (!fileSystem.rename(temporary, file)) {
        throw new IOException(temporary + " cannot be renamed to " + file);
      }
    } finally {
      fileSystem.delete(temporary, false);
    }
  }
}
