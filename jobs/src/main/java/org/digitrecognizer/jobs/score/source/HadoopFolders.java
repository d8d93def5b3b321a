// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.util.SerializableConfiguration;

/** The folders of any file system of Hadoop; none of them has links that lead around. */
final class HadoopFolders implements Folders {

  private static final long serialVersionUID = 1;

  private final SerializableConfiguration configuration;

  HadoopFolders(SerializableConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public Optional<Entry> find(String path) throws IOException {
    Path place = new Path(path);
    try {
      return Optional.of(entry(files(place).getFileStatus(place)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Entry> find(Entry folder, String name) throws IOException {
    return find(folder.pathOf(name));
  }

  @Override
  public Names list(Entry folder, Predicate<String> wanted) throws IOException {
    Path place = new Path(folder.path());
    RemoteIterator<FileStatus> children = files(place).listStatusIterator(place);
    return new Names() {
      @Override
      public Entry next() throws IOException {
        while (children.hasNext()) {
          FileStatus child = children.next();
          if (wanted.test(child.getPath().getName())) {
            return entry(child);
          }
        }
        return null;
      }

      @Override
      public void close() {
        // A listing holds nothing that is to be given back.
      }
    };
  }

  private FileSystem files(Path path) throws IOException {
    return path.getFileSystem(configuration.value());
  }

  private static Entry entry(FileStatus status) {
    String path = status.getPath().toString();
    String real = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    long modified = status.getModificationTime();
    return status.isDirectory()
        ? Entry.folder(Entry.Kind.FOLDER, path, real, modified)
        : new Entry(Entry.Kind.FILE, path, real, modified, status.getLen(), null, null);
  }
}
