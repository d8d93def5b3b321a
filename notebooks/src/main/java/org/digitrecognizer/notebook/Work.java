// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.files.HistoryFile;
import org.digitrecognizer.evaluation.files.MetricsFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;

/** The folder that submit/quickstart.sh leaves its results in, or one laid out like it. */
public final class Work {

  /** The environment variable in which start.sh names the folder. */
  private static final String VARIABLE = "DIGITS_WORK";

  /** As a notebook's own folder sees it. */
  private static final String DEFAULT = "../work";

  private final Path directory;
  private final Configuration configuration = new Configuration();

  private Work(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens the folder that DIGITS_WORK names, else {@code ../work}.
   *
   * @throws UserException if it is not there
   */
  public static Work open() throws IOException {
    String folder = Objects.requireNonNullElse(System.getenv(VARIABLE), DEFAULT);
    return open(folder);
  }

  /**
   * Opens a folder.
   *
   * @param folder of this machine, or a URI of any Hadoop file system
   * @throws UserException if it is not there
   */
  static Work open(String folder) throws IOException {
    Path path =
        folder.contains(":/")
            ? new Path(folder)
            : new Path(java.nio.file.Path.of(folder).toAbsolutePath().normalize().toUri());
    Work work = new Work(path);
    work.existing("");
    return work;
  }

  /**
   * Returns where something in the folder is, for Spark to read.
   *
   * @param name such as {@code dataset} or {@code scores/predictions}
   * @throws UserException if it is not there
   */
  public String path(String name) throws IOException {
    return existing(name).toString();
  }

  /** Opens the model and checks all of it. */
  public Model model() throws IOException {
    return ModelDirectory.open(existing("model"), configuration, null);
  }

  /** Returns what each epoch of the model's training came to. */
  public List<EpochRecord> history() throws IOException {
    Path file = existing("model/" + ModelDirectory.HISTORY);
    try (InputStream input = file.getFileSystem(configuration).open(file)) {
      return HistoryFile.read(input, file.toString());
    }
  }

  /**
   * Returns the figures of a report.
   *
   * @param results {@code evaluation} or {@code scores}
   */
  public Metrics metrics(String results) throws IOException {
    Path file = existing(results + "/report/metrics.json");
    try (InputStream input = file.getFileSystem(configuration).open(file)) {
      return MetricsFile.read(input, file.toString());
    }
  }

  private Path existing(String name) throws IOException {
    Path path = name.isEmpty() ? directory : new Path(directory, name);
    FileSystem files = path.getFileSystem(configuration);
    try {
      return files.getFileStatus(path).getPath();
    } catch (FileNotFoundException e) {
      throw new UserException(
          path
              + " does not exist: run submit/quickstart.sh first, or give notebooks/start.sh the"
              + " folder that it ran in",
          e);
    }
  }
}
