// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.archive.io.EntrySource;
import org.digitrecognizer.archive.io.FileWindow;
import org.digitrecognizer.archive.io.SourceFileSystem;
import org.digitrecognizer.archive.io.WholeFile;
import org.digitrecognizer.archive.tar.TarEntries;
import org.digitrecognizer.archive.zip.StreamedZipEntries;
import org.digitrecognizer.archive.zip.ZipEntries;

/** Opens ranges of archives. Stateless: one is enough for all ranges. */
public final class ArchiveReader {

  private final Configuration configuration;
  private final ArchiveLimits limits;

  /**
   * @param configuration of the Hadoop file systems
   * @param limits what stops bombs
   */
  public ArchiveReader(Configuration configuration, ArchiveLimits limits) {
    this.configuration = configuration;
    this.limits = limits;
  }

  /**
   * Opens a range that was planned for the file.
   *
   * @throws IOException if the file system fails, or the file may not be read; a file that has gone
   *     is no failure but a rejection
   */
  public ArchiveEntries open(Path path, ArchiveRange range) throws IOException {
    if (range.format() == ArchiveFormat.GONE) {
      return ArchiveEntries.missing(range);
    }
    FileSystem files = SourceFileSystem.of(path, configuration);
    try {
      return new ArchiveEntries(range, source(files, path, range));
    } catch (FileNotFoundException e) {
      requireGone(files, path, e);
      return ArchiveEntries.missing(range);
    }
  }

  /**
   * Returns if a file has gone. Of a local file that may not be read, Java throws the same.
   *
   * @param error what opening it threw
   * @throws FileNotFoundException the error, if the file is there
   */
  static void requireGone(FileSystem files, Path path, FileNotFoundException error)
      throws IOException {
    if (files.exists(path)) {
      throw error;
    }
  }

  private EntrySource source(FileSystem files, Path path, ArchiveRange range) throws IOException {
    FileWindow file = window(files, path, range);
    return switch (range.format()) {
      case PLAIN -> new WholeFile(file, limits);
      case ZIP_WITHOUT_DIRECTORY -> new StreamedZipEntries(range, file, limits);
      case ZIP -> zip(files, path, range, file);
      default -> new TarEntries(range, file, limits);
    };
  }

  private EntrySource zip(FileSystem files, Path path, ArchiveRange range, FileWindow directory)
      throws IOException {
    try {
      return new ZipEntries(range, directory, window(files, path, range), limits);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static FileWindow window(FileSystem files, Path path, ArchiveRange range)
      throws IOException {
    return FileWindow.open(files, path, range.fileLength());
  }
}
