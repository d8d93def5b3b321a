// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.util.SerializableConfiguration;

/** Looks into the folders of one file system, on the driver and on executors. */
interface Folders extends Serializable {

  /** The names in a folder, one after the other. */
  interface Names extends Closeable {

    /** Returns the next, null after the last. */
    Entry next() throws IOException;
  }

  /** Returns what looks into the folders of a file system. */
  static Folders of(FileSystem files, SerializableConfiguration configuration) {
    return "file".equals(files.getUri().getScheme())
        ? new LocalFolders()
        : new HadoopFolders(configuration);
  }

  /** Whether this is what a file system throws of what is not there, or no longer. */
  static boolean isGone(IOException error) {
    return error instanceof NoSuchFileException
        || error instanceof FileNotFoundException
        || error instanceof NotDirectoryException;
  }

  /**
   * Returns what lies at a path, which is no link: links are followed.
   *
   * @param path a Hadoop path with a scheme
   */
  Optional<Entry> find(String path) throws IOException;

  /** Returns what lies in a folder under a name, which is no link: links are followed. */
  Optional<Entry> find(Entry folder, String name) throws IOException;

  /**
   * Lists a folder; what vanishes meanwhile is not in it.
   *
   * @param wanted which names
   */
  Names list(Entry folder, Predicate<String> wanted) throws IOException;
}
