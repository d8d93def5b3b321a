package org.digitrecognizer.jobs.samples;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.storage.OutputDirectory;

/**
 * The archive and its labels. Both are written under names that begin with {@code _} and renamed
 * when they are whole, the labels last: where they are, the rest is. Until then, what was there
 * before is left alone.
 */
final class SamplesOutput implements Closeable {

  static final String LABELS = "labels.csv";

  private final FileSystem fileSystem;
  private final Path directory;
  private final ArchiveKind kind;

  SamplesOutput(Path directory, ArchiveKind kind, Configuration conf) throws IOException {
    this.fileSystem = directory.getFileSystem(conf);
    this.directory = directory;
    this.kind = kind;
  }

  /**
   * @throws org.digitrecognizer.failure.UserException if the directory must not be written to
   */
  void requireWritable(boolean overwrite) throws IOException {
    Set<String> own = new HashSet<>();
    for (ArchiveKind any : ArchiveKind.values()) {
      own.add(any.fileName);
      own.add(temporary(any.fileName).getName());
    }
    own.add(LABELS);
    own.add(temporary(LABELS).getName());
    OutputDirectory.require(fileSystem, directory, overwrite, "set of sample scans", own::contains);
  }

  EntryWriter createArchive() throws IOException {
    fileSystem.delete(temporary(kind.fileName), true);
    return kind.create(fileSystem, temporary(kind.fileName));
  }

  Writer createLabels() throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(fileSystem.create(temporary(LABELS), true), StandardCharsets.UTF_8));
  }

  /** Makes what was written the output, once it is closed. */
  void commit() throws IOException {
    fileSystem.delete(labels(), false);
    for (ArchiveKind any : ArchiveKind.values()) {
      fileSystem.delete(new Path(directory, any.fileName), true);
    }
    rename(kind.fileName);
    rename(LABELS);
  }

  Path archive() {
    return new Path(directory, kind.fileName);
  }

  Path labels() {
    return new Path(directory, LABELS);
  }

  private void rename(String name) throws IOException {
    Path target = new Path(directory, name);
    if (!fileSystem.rename(temporary(name), target)) {
      throw new IOException(temporary(name) + " cannot be renamed to " + target);
    }
  }

  private Path temporary(String name) {
    return new Path(directory, "_" + name);
  }

  /** Deletes what is not finished. */
  @Override
  public void close() throws IOException {
    fileSystem.delete(temporary(kind.fileName), true);
    fileSystem.delete(temporary(LABELS), false);
  }
}
