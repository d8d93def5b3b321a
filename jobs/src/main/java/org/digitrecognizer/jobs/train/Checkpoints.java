// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.evaluation.files.HistoryFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.model.DamagedModelException;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDescription;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.model.ModelWriter;
import org.digitrecognizer.training.FastLayers;

/**
 * What a training run leaves behind while it runs, in {@code MODEL.training}: a model directory an
 * epoch, whole or not at all like any other, and in the end the model before it is moved to its
 * place. The last two epochs are kept, so that one is there while the next is written.
 */
final class Checkpoints {

  private static final String PREFIX = "epoch-";
  private static final Pattern EPOCH = Pattern.compile(PREFIX + "\\d{5,}");
  private static final String STAGING = "model";

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

  /** Returns where the model is written before it is moved to its place. */
  Path staging() {
    return new Path(directory, STAGING);
  }

  boolean exist() throws IOException {
    return fileSystem.exists(directory);
  }

  /**
   * Refuses a directory that holds anything that no run writes: it is deleted in the end.
   *
   * @throws UserException if it does
   */
  void requireOwn() throws IOException {
    if (exist()) {
      requireOwn(directory, name -> name.equals(STAGING) || EPOCH.matcher(name).matches());
      for (FileStatus child : fileSystem.listStatus(directory)) {
        requireOwn(child.getPath(), ModelDirectory::isOwn);
      }
    }
  }

  private void requireOwn(Path parent, Predicate<String> own) throws IOException {
    for (FileStatus child : fileSystem.listStatus(parent)) {
      if (!own.test(child.getPath().getName())) {
        throw new UserException(
            String.format(
                "%s is nothing that a training run wrote, so %s is left alone, where checkpoints"
                    + " would go; move it away or choose another --model",
                child.getPath(), directory));
      }
    }
  }

  /** Writes the checkpoint of the last epoch of the history, and drops all but the one before. */
  void save(MultiLayerNetwork network, List<EpochRecord> history, ModelDescription description)
      throws IOException {
    int epoch = history.get(history.size() - 1).epoch();
    Path target = new Path(directory, name(epoch));
    ModelWriter writer = new ModelWriter(target, configuration);
    writer.network(FastLayers.toStock(network));
    writer.file(ModelDirectory.HISTORY, out -> HistoryFile.write(history, out));
    writer.finish(description);
    // By name and not by age: a later epoch that was found damaged gives way, too.
    Set<String> kept = Set.of(name(epoch), name(epoch - 1));
    for (Path checkpoint : newestFirst()) {
      if (!kept.contains(checkpoint.getName())) {
        fileSystem.delete(checkpoint, true);
      }
    }
  }

  private static String name(int epoch) {
    return String.format(Locale.ROOT, PREFIX + "%05d", epoch);
  }

  /**
   * Returns the last whole epoch, if there is any.
   *
   * @param passedOver told of each later one that is damaged or was being written when the run died
   * @throws UserException if the newest may not be read or is of another version
   */
  Optional<Checkpoint> latest(Consumer<Path> passedOver) throws IOException {
    for (Path candidate : newestFirst()) {
      try {
        return Optional.of(open(candidate));
      } catch (DamagedModelException e) {
        passedOver.accept(candidate);
      }
    }
    return Optional.empty();
  }

  private Checkpoint open(Path checkpoint) throws IOException {
    // The model first, since that tells whether the rest is there and whole.
    Model model = ModelDirectory.open(checkpoint, configuration, null);
    Path history = new Path(checkpoint, ModelDirectory.HISTORY);
    try (InputStream in = fileSystem.open(history)) {
      return new Checkpoint(model, HistoryFile.read(in, history.toString()));
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
