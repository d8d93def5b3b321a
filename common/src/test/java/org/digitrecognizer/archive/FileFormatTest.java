// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFormatTest {

  @TempDir Path folder;

  @Test
  void aNameSaysNothing() throws IOException {
    byte[] zip = RawZip.stored("a.png", "A").finish();
    assertThat(Rows.of(Files.write(folder.resolve("scan.png"), zip)).format())
        .isEqualTo(ArchiveFormat.ZIP);
    assertThat(Rows.of(Files.write(folder.resolve("scan.zip"), Samples.ascii("BM..."))).format())
        .isEqualTo(ArchiveFormat.PLAIN);
  }

  @Test
  void anImageIsItsOwnEntry() throws IOException {
    Rows rows = Rows.of(Files.write(folder.resolve("a.png"), Samples.ascii("GIF89a")));
    assertThat(rows.rows())
        .containsExactly(Rows.Row.of(ArchiveEntry.read(0, "", Samples.ascii("GIF89a"))));
    assertThat(rows.ranges()).containsExactly(ArchiveRange.single(ArchiveFormat.PLAIN, 6));
  }

  @Test
  void anImageWithAZipBehindItIsAnImage() throws IOException {
    byte[] zip = RawZip.stored("a.png", "A").finish();
    Path file = Files.write(folder.resolve("a.gif"), Samples.join(Samples.ascii("GIF89a"), zip));
    assertThat(Rows.of(file).format()).isEqualTo(ArchiveFormat.PLAIN);
  }

  @Test
  void emptyAndTooLargeFilesAreRejected() throws IOException {
    ArchiveLimits limits = new ArchiveLimits(10, 200, 1 << 20);
    assertThat(Rows.of(Files.write(folder.resolve("a"), new byte[0]), 1, limits).rows())
        .extracting(Rows.Row::reason)
        .containsExactly(Reason.EMPTY);
    assertThat(Rows.of(Files.write(folder.resolve("b"), new byte[10]), 1, limits).read())
        .hasSize(1);
    assertThat(Rows.of(Files.write(folder.resolve("c"), new byte[11]), 1, limits).rows())
        .extracting(Rows.Row::reason)
        .containsExactly(Reason.TOO_LARGE);
  }

  @Test
  void aFileThatHasGoneIsMissing() throws IOException {
    Configuration configuration = new Configuration();
    var path = new org.apache.hadoop.fs.Path(folder.resolve("gone.zip").toUri());
    Rows rows = Rows.of(configuration, path, 100, 1, Rows.LIMITS);
    assertThat(rows.format()).isEqualTo(ArchiveFormat.GONE);
    assertThat(rows.rows()).extracting(Rows.Row::reason).containsExactly(Reason.MISSING);

    Path zip = Samples.zip(folder.resolve("a.zip"), Samples.files(10, 1));
    ArchiveRange second = Rows.of(zip, 5).ranges().get(1);
    Files.delete(zip);
    var deleted = new org.apache.hadoop.fs.Path(zip.toUri());
    try (ArchiveEntries entries =
        new ArchiveReader(configuration, Rows.LIMITS).open(deleted, second)) {
      ArchiveEntry missing = entries.next();
      assertThat(missing.ordinal()).isEqualTo(5);
      assertThat(missing.name()).isEmpty();
      assertThat(missing.rejection().orElseThrow().reason()).isEqualTo(Reason.MISSING);
      assertThat(entries.hasNext()).isFalse();
    }
  }

  @Test
  void aFileThatShrankSinceItWasPlannedIsDamaged() throws IOException {
    for (Path file :
        new Path[] {
          Samples.zip(folder.resolve("a.zip"), Samples.files(50, 1)),
          Samples.tar(folder.resolve("a.tar"), Samples.files(50, 1)),
          Files.write(folder.resolve("a.png"), new byte[50_000])
        }) {
      ArchiveRange range = Rows.of(file).ranges().get(0);
      Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 10_000));
      var path = new org.apache.hadoop.fs.Path(file.toUri());
      try (ArchiveEntries entries =
          new ArchiveReader(new Configuration(), Rows.LIMITS).open(path, range)) {
        long rejected = 0;
        while (entries.hasNext()) {
          rejected += entries.next().rejection().isPresent() ? 1 : 0;
        }
        assertThat(rejected).as(file.toString()).isPositive();
      }
    }
  }

  @Test
  void aRangeSurvivesSerialisation() throws Exception {
    Path tar = Samples.tar(folder.resolve("a.tar"), Map.of("a.png", Samples.ascii("A")));
    ArchiveRange range = Rows.of(tar).ranges().get(0);
    var bytes = new java.io.ByteArrayOutputStream();
    try (var out = new java.io.ObjectOutputStream(bytes)) {
      out.writeObject(range);
    }
    try (var in =
        new java.io.ObjectInputStream(new java.io.ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(range);
    }
  }

  @Test
  void aZipEncryptedByInfoZipNeedsAPassword() throws IOException {
    try (var in = getClass().getResourceAsStream("encrypted.zip")) {
      Rows rows = Rows.of(Files.write(folder.resolve("a.zip"), in.readAllBytes()));
      assertThat(rows.rows()).extracting(Rows.Row::reason).containsExactly(Reason.ENCRYPTED);
      assertThat(rows.names()).containsExactly("secret.png");
    }
  }
}
