// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.digitrecognizer.failure.LockedFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemFailureTest {

  private static final int NEVER = 1 << 30;

  @TempDir Path folder;

  @Test
  void aFailingReadIsNeverTakenForABadArchive() throws IOException {
    Map<String, byte[]> files = Samples.files(40, 3);
    byte[] tar = Samples.tar(files);
    Path zip = Samples.zip(folder.resolve("a.zip"), files);
    byte[] cutZip = java.util.Arrays.copyOf(Files.readAllBytes(zip), (int) Files.size(zip) - 9);
    for (Path file :
        List.of(
            zip,
            Files.write(folder.resolve("cut.zip"), cutZip),
            Files.write(folder.resolve("a.tar"), tar),
            Files.write(folder.resolve("a.tgz"), TarTest.pack(ArchiveFormat.TAR_GZIP, tar)),
            Files.write(folder.resolve("a.zst"), TarTest.pack(ArchiveFormat.TAR_ZSTD, tar)),
            Files.write(folder.resolve("a.txz"), TarTest.pack(ArchiveFormat.TAR_XZ, tar)),
            Files.write(folder.resolve("a.tbz"), TarTest.pack(ArchiveFormat.TAR_BZIP2, tar)),
            Files.write(folder.resolve("a.png"), new byte[20_000]))) {
      failAtEveryRead(file);
    }
  }

  private void failAtEveryRead(Path file) throws IOException {
    failFrom(NEVER, false);
    Rows good = read(file);
    int reads = NEVER - FailingFileSystem.READS_LEFT.get();
    assertThat(good.rows()).isEqualTo(Rows.of(file, 15).rows());
    assertThat(reads).as(file.toString()).isGreaterThan(10);
    for (int fail = 1; fail <= reads; fail += 1 + reads / 60) {
      failFrom(fail, true);
      assertThatThrownBy(() -> read(file))
          .as("reads from %d of %d of %s", fail, reads, file)
          .isInstanceOf(IOException.class)
          .hasMessage(FailingFileSystem.MESSAGE);
      failFrom(fail, false);
      failOnce(file, good, "read " + fail + " of " + reads + " of " + file);
    }
  }

  private static void failFrom(int read, boolean forGood) {
    FailingFileSystem.READS_LEFT.set(read);
    FailingFileSystem.FOR_GOOD.set(forGood);
  }

  /** A read that fails once is either told, for Spark to try again, or has cost no row. */
  private static void failOnce(Path file, Rows good, String description) {
    try {
      assertThat(read(file).rows()).as(description).isEqualTo(good.rows());
    } catch (IOException e) {
      assertThat(e).as(description).hasMessage(FailingFileSystem.MESSAGE);
    }
  }

  private static Rows read(Path file) throws IOException {
    Configuration configuration = new Configuration();
    configuration.setClass(
        "fs.failing.impl", FailingFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    var path = new org.apache.hadoop.fs.Path(FailingFileSystem.SCHEME, "", file.toString());
    return Rows.of(configuration, path, Files.size(file), 15, Rows.LIMITS);
  }

  /** Java throws the same of a local file that is not there. */
  @Test
  void aFileThatMayNotBeReadIsNotMissing() throws IOException {
    Configuration configuration = new Configuration();
    LockedFileSystem.register(configuration);
    Path zip = Samples.zip(folder.resolve("a.zip"), Samples.files(3, 1));
    var path = LockedFileSystem.path(zip);
    ArchiveRange range = Rows.of(zip).ranges().get(0);
    LockedFileSystem.lock("a.zip");

    for (ThrowingCallable opening :
        List.<ThrowingCallable>of(
            () ->
                new ArchivePlanner(configuration, new RangeSize(9, 9)).plan(path, Files.size(zip)),
            () -> new ArchiveReader(configuration, Rows.LIMITS).open(path, range))) {
      assertThatThrownBy(opening)
          .isInstanceOf(IOException.class)
          .hasMessage(zip + " (Permission denied)");
    }
  }
}
