// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinFileTest {

  @TempDir private Path directory;
  private FileSystem fs;
  private TwinFile twin;

  @BeforeEach
  void open() throws IOException {
    fs = FileSystem.getLocal(new Configuration());
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(directory.toUri());
    twin =
        new TwinFile(
            fs,
            new org.apache.hadoop.fs.Path(root, "record.json"),
            new org.apache.hadoop.fs.Path(root, "record.next.json"));
  }

  private Optional<String> read() throws IOException {
    return twin.read(path -> JsonFile.readIfWhole(fs, path, String.class));
  }

  private void replace(String value) throws IOException {
    byte[] sealed = JsonFile.sealed(value);
    twin.replace(out -> out.write(sealed));
  }

  @Test
  void isEmptyBeforeItIsWritten() throws IOException {
    assertThat(read()).isEmpty();
  }

  @Test
  void leavesOneFile() throws IOException {
    replace("old");
    replace("new");
    assertThat(read()).contains("new");
    assertThat(directory.resolve("record.next.json")).doesNotExist();
  }

  @Test
  void whoDiesBeforeTheNextIsWholeLeavesTheOldOne() throws IOException {
    replace("old");
    assertThatThrownBy(
            () ->
                twin.replace(
                    out -> {
                      out.write('{');
                      throw new IOException("dead");
                    }))
        .hasMessage("dead");
    assertThat(read()).contains("old");
  }

  @Test
  void whereTheFileIsHalfTheNextIsRead() throws IOException {
    replace("old");
    JsonFile.seal(fs, twin.next(), "new");
    Files.delete(directory.resolve(".record.json.crc"));
    Files.writeString(directory.resolve("record.json"), "{\"check");
    assertThat(read()).contains("new");
  }
}
