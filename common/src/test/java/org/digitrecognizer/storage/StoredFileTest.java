// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A staged file that two give its name at once. */
class StoredFileTest {

  @TempDir private java.nio.file.Path directory;

  /** As object stores say that another was faster; others answer with false. */
  static Stream<Function<String, IOException>> sayings() {
    return Stream.of(FileNotFoundException::new, FileAlreadyExistsException::new);
  }

  @ParameterizedTest
  @MethodSource("sayings")
  void anotherMayBeFaster(Function<String, IOException> saying) throws IOException {
    Path staged = new Path(Files.write(directory.resolve("staged"), new byte[] {1, 2, 3}).toUri());
    Path target = new Path(directory.resolve("chunk/file").toUri());
    FileSystem fs =
        new FilterFileSystem(FileSystem.getLocal(new Configuration())) {
          @Override
          public boolean rename(Path from, Path to) throws IOException {
            super.rename(from, to);
            throw saying.apply(from + " was renamed by another");
          }
        };
    assertThat(StoredFile.of(fs, staged).publish(fs, staged, target)).isTrue();
  }
}
