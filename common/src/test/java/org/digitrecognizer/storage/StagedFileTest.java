// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFileTest {

  @TempDir private Path directory;
  private FileSystem fs;
  private Path file;
  private StagedFile staged;

  @BeforeEach
  void stage() throws IOException {
    fs = new RawLocalFileSystem();
    fs.initialize(java.net.URI.create("file:///"), new Configuration());
    file = directory.resolve("digits.h5");
    staged = new StagedFile(fs, hadoop(file));
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  @Test
  void aWholeFileTakesTheOldOnesPlace() throws IOException {
    Files.writeString(file, "old");
    staged.write(out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
    assertThat(file).hasContent("new");
    assertThat(directory.toFile().list()).containsExactly("digits.h5");
  }

  @Test
  void whatFailsWhileItIsWrittenLeavesTheOldFile() throws IOException {
    Files.writeString(file, "old");
    assertThatThrownBy(
            () ->
                staged.write(
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("full");
                    }))
        .hasMessage("full");
    assertThat(file).hasContent("old");
    assertThat(directory.toFile().list()).containsExactly("digits.h5");
  }

  @Test
  void refusesWhatMustNotBeReplaced() throws IOException {
    staged.requireWritable(false);
    Files.writeString(file, "old");
    staged.requireWritable(true);
    assertThatThrownBy(() -> staged.requireWritable(false))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "digits.h5 exists already; choose another place or pass --overwrite to replace it");
    assertThatThrownBy(() -> new StagedFile(fs, hadoop(directory)).requireWritable(true))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(" is a directory; name the file to write, such as one in it");
  }

  @Test
  void filesAreMovedInTheirOrderUpToOneThatIsMissing() throws IOException {
    Path from = Files.createDirectories(directory.resolve("from/report"));
    Files.writeString(from.resolve("index.html"), "page");
    Files.writeString(directory.resolve("from/last.json"), "whole");
    Path to = directory.resolve("to");
    assertThatThrownBy(
            () ->
                StagedFile.moveAll(
                    fs,
                    hadoop(from.getParent()),
                    hadoop(to),
                    List.of("report/index.html", "missing", "last.json")))
        .isInstanceOf(IOException.class);
    assertThat(to.resolve("report/index.html")).hasContent("page");
    assertThat(to.resolve("last.json")).as("what makes it whole").doesNotExist();
    assertThat(directory.resolve("from/last.json")).exists();
  }
}
