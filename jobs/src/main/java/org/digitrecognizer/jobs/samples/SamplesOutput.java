// SPDX-License-Identifier: Apache-2.0
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
import org.digitrecognizer.storage.StagedFile;

/**
 * The archive and its labels. Both get their names when they are whole, the labels last: where they
 * are, the rest is. Until then, what was there before is left alone.
 */
final class SamplesOutput implements Closeable {

  static final String LABELS = "labels.csv";

  private final FileSystem fileSystem;
  private final Path directory;
  private final ArchiveKind kind;
  private final StagedFile archive;
  private final StagedFile labels;

  SamplesOutput(Path directory, ArchiveKind kind, Configuration conf) throws IOException {
    this.fileSystem = directory.getFileSystem(conf);
    this.directory = directory;
    this.kind = kind;
    this.archive = staged(kind.fileName);
    this.labels = staged(LABELS);
  }

  private StagedFile staged(String name) {
    return new StagedFile(fileSystem, new Path(directory, name));
  }

  /**
   * @throws org.digitrecognizer.failure.UserException if the directory must not be written to
   */
  void requireWritable(boolean overwrite) throws IOException {
    Set<String> own = new HashSet<>(Set.of(LABELS, labels.staged().getName()));
    for (ArchiveKind any : ArchiveKind.values()) {
      own.add(any.fileName);
      own.add(staged(any.fileName).staged().getName());
    }
    OutputDirectory.require(fileSystem, directory, overwrite, "set of sample scans", own::contains);
  }

  EntryWriter createArchive() throws IOException {
    archive.discard();
    return kind.create(fileSystem, archive.staged());
  }

  Writer createLabels() throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(fileSystem.create(labels.staged(), true), StandardCharsets.UTF_8));
  }

  /** Makes what was written the output, once it is closed. */
  void commit() throws IOException {
    fileSystem.delete(labels(), false);
    for (ArchiveKind any : ArchiveKind.values()) {
      fileSystem.delete(new Path(directory, any.fileName), true);
    }
    archive.publish();
    labels.publish();
  }

  Path archive() {
    return archive.target();
  }

  Path labels() {
    return labels.target();
  }

  /** Deletes what is not finished. */
  @Override
  public void close() throws IOException {
    archive.discard();
    labels.discard();
  }
}
