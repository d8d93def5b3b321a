// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {

  @TempDir private Path directory;

  private static void require(Path path, boolean overwrite) throws IOException {
    OutputDirectory.require(
        FileSystem.getLocal(new Configuration()),
        new org.apache.hadoop.fs.Path(path.toUri().getPath()),
        overwrite,
        "report",
        name -> name.endsWith(".html"));
  }

  @Test
  void acceptsWhatDoesNotExist() throws IOException {
    require(directory.resolve("new"), false);
    assertThat(directory.resolve("new")).doesNotExist();
  }

  @Test
  void refusesWhatExistsUnlessOverwritten() throws IOException {
    Files.createFile(directory.resolve("index.html"));
    assertThatThrownBy(() -> require(directory, false))
        .isInstanceOf(UserException.class)
        .hasMessage(
            directory + " exists already; choose another place or pass --overwrite to replace it");
    require(directory, true);
    assertThat(directory.resolve("index.html")).exists();
  }

  @Test
  void namesThatAnybodyMayUseAreNoMark() throws IOException {
    requireMark(directory.resolve("new"));
    requireMark(directory);
    Path report = Files.createDirectory(directory.resolve("report"));
    assertThatThrownBy(() -> requireMark(directory))
        .isInstanceOf(UserException.class)
        .hasMessage(
            directory
                + " holds no report/metrics.json, so it may be no evaluation and --overwrite leaves"
                + " it alone; choose another place");
    Files.createFile(report.resolve("confusion.csv"));
    requireMark(directory);
  }

  private static void requireMark(Path path) throws IOException {
    OutputDirectory.requireMark(
        FileSystem.getLocal(new Configuration()),
        new org.apache.hadoop.fs.Path(path.toUri().getPath()),
        "evaluation",
        List.of("report/metrics.json", "report/confusion.csv"));
  }

  @Test
  void neverOverwritesWhatIsNotOurs() throws IOException {
    Path photo = Files.createFile(directory.resolve("holiday.jpg"));
    assertThatThrownBy(() -> require(directory, true))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'holiday.jpg', which is no part of a report");
    assertThatThrownBy(() -> require(photo, true))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is a file and no report");
  }
}
