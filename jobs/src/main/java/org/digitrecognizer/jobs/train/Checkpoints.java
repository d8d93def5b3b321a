package org.digitrecognizer.jobs.train;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.evaluation.HistoryFile;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDescription;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.model.ModelWriter;

/**
 * What a training run leaves behind while it runs, in {@code MODEL.training}: a model directory an
 * epoch, whole or not at all like any other. The last two are kept, so that one is there while the
 * next is written.
 */
final class Checkpoints {

  private static final String PREFIX = "epoch-";
  private static final int KEPT = 2;

  private final Path directory;
  private final FileSystem fileSystem;
  private final Configuration configuration;

  /**
   * @param model the directory that the run will write in the end
   */
  Checkpoints(Path model, Configuration configuration) throws IOException {
    this.directory = new Path(model.getParent(), model.getName() + ".training");
    this.fileSystem = directory.getFileSystem(configuration);
    this.configuration = configuration;
  }

  /**
   * A whole epoch of an earlier run.
   *
   * @param model the network with its updater state
   * @param history up to and with that epoch
   */
  record Checkpoint(Model model, List<EpochRecord> history) {}

  Path directory() {
    return directory;
  }

  boolean exist() throws IOException {
    return fileSystem.exists(directory);
  }

  /** Writes the checkpoint of the last epoch of the history, and drops older ones. */
  void save(MultiLayerNetwork network, List<EpochRecord> history, ModelDescription description)
      throws IOException {
    int epoch = history.get(history.size() - 1).epoch();
    Path target = new Path(directory, String.format(Locale.ROOT, PREFIX + "%05d", epoch));
    ModelWriter writer = new ModelWriter(target, configuration);
    writer.network(network);
    writer.file(ModelDirectory.HISTORY, out -> HistoryFile.write(history, out));
    writer.finish(description);
    for (Path old : newestFirst().stream().skip(KEPT).toList()) {
      fileSystem.delete(old, true);
    }
  }

  /**
   * Returns the last whole epoch, if there is any. One that was being written when the run died has
   * no {@code model.json} and is passed over.
   *
   * @throws org.digitrecognizer.failure.UserException if the checkpoint is damaged
   */
  Optional<Checkpoint> latest() throws IOException {
    for (Path candidate : newestFirst()) {
      if (fileSystem.exists(new Path(candidate, ModelDirectory.DESCRIPTION))) {
        return Optional.of(open(candidate));
      }
    }
    return Optional.empty();
  }

  private Checkpoint open(Path checkpoint) throws IOException {
    Path history = new Path(checkpoint, ModelDirectory.HISTORY);
    try (InputStream in = fileSystem.open(history)) {
      return new Checkpoint(
          ModelDirectory.open(checkpoint, configuration, null),
          HistoryFile.read(in, history.toString()));
    }
  }

  private List<Path> newestFirst() throws IOException {
    if (!exist()) {
      return List.of();
    }
    return Arrays.stream(fileSystem.listStatus(directory))
        .map(FileStatus::getPath)
        .filter(path -> path.getName().startsWith(PREFIX))
        .sorted(Comparator.comparing(Path::getName).reversed())
        .toList();
  }

  void delete() throws IOException {
    fileSystem.delete(directory, true);
  }
}
