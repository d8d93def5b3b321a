package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system with checksums. */
class CheckpointRepairTest {

  private static final String OFFSETS = "v1\n{\"batchWatermarkMs\":0}\n{\"logOffset\":0}\n";

  @TempDir private Path checkpoint;
  private FileSystem fs;

  @BeforeEach
  void open() throws IOException {
    fs = FileSystem.getLocal(new Configuration());
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(checkpoint.resolve(name).toUri());
  }

  private void write(String name) throws IOException {
    try (OutputStream out = fs.create(path(name), true)) {
      out.write(OFFSETS.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void repair() throws IOException {
    CheckpointRepair.run(fs, path("."));
  }

  @Test
  void whatDoesNotMatchItsChecksumGoesAndWhatIsWholeStays() throws IOException {
    write("offsets/0");
    write("offsets/1");
    repair();
    assertThat(checkpoint.resolve("offsets/1")).hasContent(OFFSETS);

    Path torn = checkpoint.resolve("offsets/1");
    byte[] whole = Files.readAllBytes(torn);
    Files.write(torn, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> fs.open(path("offsets/1")).readAllBytes())
        .isInstanceOf(ChecksumException.class);
    repair();
    assertThat(torn).doesNotExist();
    assertThat(checkpoint.resolve("offsets/0")).hasContent(OFFSETS);
  }
}
