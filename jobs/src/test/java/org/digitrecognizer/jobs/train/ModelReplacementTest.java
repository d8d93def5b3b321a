// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.DyingFileSystem;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.model.ModelDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a run at every change it makes to the file system while its model takes the place of an old
 * one, where renaming copies and can stop half-way, as on object storage.
 */
class ModelReplacementTest {

  @TempDir private Path directory;

  private enum Found {
    OLD,
    NONE,
    NEW
  }

  @AfterEach
  void live() {
    DyingFileSystem.live();
  }

  @Test
  void aReaderFindsTheOldModelOrNoneOrTheNewOneAndNothingNewIsLost() throws IOException {
    Path trained = SmallModel.trained();
    Path untrained = SmallModel.untrained(directory.resolve("untrained"));
    Set<Found> found = EnumSet.noneOf(Found.class);
    boolean survived = false;
    for (int changes = 0; !survived; changes++) {
      Path from = copy(trained, directory.resolve("from-" + changes));
      Path to = copy(untrained, directory.resolve("to-" + changes));
      DyingFileSystem.dieAfter(changes);
      survived = moves(from, to);
      DyingFileSystem.live();
      found.add(find(to, trained, untrained));
      assertNothingLost(trained, from, to);
    }
    assertThat(found).containsExactly(Found.OLD, Found.NONE, Found.NEW);
  }

  private static boolean moves(Path from, Path to) throws IOException {
    Configuration conf = configuration();
    try {
      ModelDirectory.move(dying(to).getFileSystem(conf), dying(from), dying(to));
      return true;
    } catch (IOException e) {
      assertThat(DyingFileSystem.isDead()).as(e.toString()).isTrue();
      return false;
    }
  }

  private static Found find(Path to, Path trained, Path untrained) throws IOException {
    try {
      String sum = sum(to);
      assertThat(sum).isIn(sum(trained), sum(untrained));
      return sum.equals(sum(trained)) ? Found.NEW : Found.OLD;
    } catch (UserException e) {
      assertThat(e.getMessage()).containsAnyOf("is no model", "does not exist", "is damaged");
      return Found.NONE;
    }
  }

  /** Opens a model, which checks every file of it, and returns the sum that names it. */
  private static String sum(Path model) throws IOException {
    return ModelDirectory.open(dying(model), configuration(), null).sha256();
  }

  /** Every file of the new model is whole in one of the two places. */
  private static void assertNothingLost(Path trained, Path from, Path to) throws IOException {
    for (Path file : files(trained)) {
      String name = trained.relativize(file).toString();
      assertThat(Stream.of(from, to).map(place -> place.resolve(name)).toList())
          .as(name)
          .anyMatch(copy -> Files.exists(copy) && same(copy, file));
    }
  }

  private static boolean same(Path one, Path other) {
    try {
      return Files.mismatch(one, other) < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path copy(Path model, Path target) throws IOException {
    for (Path file : files(model)) {
      Path copy = target.resolve(model.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    return target;
  }

  private static List<Path> files(Path model) throws IOException {
    try (Stream<Path> files = Files.walk(model)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .toList();
    }
  }

  private static Configuration configuration() {
    Configuration conf = new Configuration();
    DyingFileSystem.register(conf);
    return conf;
  }

  private static org.apache.hadoop.fs.Path dying(Path path) {
    return new org.apache.hadoop.fs.Path("dying://" + path);
  }
}
