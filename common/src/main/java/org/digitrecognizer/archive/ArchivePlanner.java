// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.archive.io.FileHead;
import org.digitrecognizer.archive.io.FileWindow;
import org.digitrecognizer.archive.io.SourceFileSystem;
import org.digitrecognizer.archive.tar.TarRanges;
import org.digitrecognizer.archive.zip.ZipEnd;
import org.digitrecognizer.archive.zip.ZipRanges;

/**
 * Splits a file into ranges of entries that can be read independently of each other. What it is
 * goes by its content, never by its name.
 *
 * <p>A zip is split by its central directory, which is read once, and an uncompressed tar by
 * hopping from header to header; everything else is one range. Damage is no error here: the last
 * range leads to it, and reading that range yields the rejection.
 */
public final class ArchivePlanner {

  private final Configuration configuration;
  private final RangeSize most;
  private final int parts;

  /** A planner that makes ranges as large as they may be. */
  public ArchivePlanner(Configuration configuration, RangeSize most) {
    this(configuration, most, 1);
  }

  /**
   * @param configuration of the Hadoop file systems
   * @param most size of a range
   * @param parts into which a file is split where it is large enough, so that one that is all there
   *     is gives work to many, at least 1
   */
  public ArchivePlanner(Configuration configuration, RangeSize most, int parts) {
    this.configuration = configuration;
    this.most = most;
    this.parts = parts;
  }

  /**
   * Opens a file and finds out what it is. A file that has gone is one range, whose reading says
   * so.
   *
   * @param length of the file, in bytes, as it was listed
   * @throws IOException if the file system fails, or the file may not be read
   */
  public ArchivePlan plan(Path path, long length) throws IOException {
    FileSystem files = SourceFileSystem.of(path, configuration);
    FileWindow file;
    try {
      file = FileWindow.open(files, path, length);
    } catch (FileNotFoundException e) {
      ArchiveReader.requireGone(files, path, e);
      return ArchivePlan.of(ArchiveRange.single(ArchiveFormat.GONE, length), null);
    }
    try {
      return plan(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private ArchivePlan plan(FileWindow file) throws IOException {
    ArchiveFormat format = FileHead.detect(file);
    return switch (format) {
      case ZIP -> planZip(file);
      case TAR -> new ArchivePlan(format, file, new TarRanges(file, sizeIn(file)));
      case PLAIN -> ArchivePlan.of(ArchiveRange.single(format, file.length()), file);
      default -> ArchivePlan.of(ArchiveRange.toEnd(format, file.length(), 0, 0), file);
    };
  }

  private RangeSize sizeIn(FileWindow file) {
    return most.ofFile(file.length(), parts);
  }

  private ArchivePlan planZip(FileWindow file) throws IOException {
    Optional<ZipEnd> end = ZipEnd.find(file);
    if (end.isPresent()) {
      return new ArchivePlan(ArchiveFormat.ZIP, file, new ZipRanges(file, end.get(), sizeIn(file)));
    }
    ArchiveFormat damaged = ArchiveFormat.ZIP_WITHOUT_DIRECTORY;
    return ArchivePlan.of(ArchiveRange.toEnd(damaged, file.length(), 0, 0), file);
  }
}
