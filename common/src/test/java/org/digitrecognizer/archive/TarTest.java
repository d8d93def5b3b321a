// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TarTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 7, 100, 299, 300, 1000})
  void anyGroupingGivesWhatWasWritten(long targetEntries) throws IOException {
    Map<String, byte[]> files = Samples.files(300, 1);
    Rows rows = Rows.of(Samples.tar(folder.resolve("a.tar"), files), targetEntries);

    assertThat(rows.format()).isEqualTo(ArchiveFormat.TAR);
    assertThat(rows.rows()).isEqualTo(Samples.rows(files));
    assertThat(rows.ranges()).hasSize((int) Math.ceil(300.0 / targetEntries));
  }

  @Test
  void readsWhatTheLibraryReads() throws IOException {
    Path tar = Samples.tar(folder.resolve("a.tar"), Samples.files(50, 2));
    List<Rows.Row> expected = new ArrayList<>();
    try (TarArchiveInputStream oracle = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (TarArchiveEntry entry = oracle.getNextEntry();
          entry != null;
          entry = oracle.getNextEntry()) {
        byte[] bytes = oracle.readAllBytes();
        expected.add(Rows.Row.of(ArchiveEntry.read(expected.size(), entry.getName(), bytes)));
      }
    }
    assertThat(Rows.of(tar, 10).rows()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
  void longNamesStayWithTheirEntry(int mode) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      files.put("ordner/".repeat(i * 3) + "ziffer-ü" + i + ".png", Samples.ascii("text " + i));
    }
    Path file = folder.resolve("a.tar");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(Files.newOutputStream(file), "UTF-8")) {
      tar.setLongFileMode(mode);
      for (Map.Entry<String, byte[]> entry : files.entrySet()) {
        Samples.put(tar, new TarArchiveEntry(entry.getKey()), entry.getValue());
      }
    }
    for (long targetEntries : new long[] {1, 3, 100}) {
      assertThat(Rows.of(file, targetEntries).rows()).isEqualTo(Samples.rows(files));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ArchiveFormat.class,
      names = {"TAR_GZIP", "TAR_ZSTD", "TAR_XZ", "TAR_BZIP2"})
  void aCompressedTarIsOneRange(ArchiveFormat format) throws IOException {
    Map<String, byte[]> files = Samples.files(100, 4);
    byte[] packed = pack(format, Samples.tar(files));
    Rows rows = Rows.of(Files.write(folder.resolve("a"), packed), 10);

    assertThat(rows.format()).isEqualTo(format);
    assertThat(rows.format().isCompressedTar()).isTrue();
    assertThat(rows.ranges()).hasSize(1);
    assertThat(rows.rows()).isEqualTo(Samples.rows(files));
  }

  @ParameterizedTest
  @EnumSource(
      value = ArchiveFormat.class,
      names = {"TAR_GZIP", "TAR_ZSTD", "TAR_XZ", "TAR_BZIP2"})
  void compressedFilesMayBeJoinedAndMustHoldATar(ArchiveFormat format) throws IOException {
    byte[] tar = Samples.tar(Samples.files(100, 4));
    byte[] joined =
        Samples.join(
            pack(format, Arrays.copyOf(tar, 5000)),
            pack(format, Arrays.copyOfRange(tar, 5000, tar.length)));
    assertThat(Rows.of(Files.write(folder.resolve("a"), joined)).read()).hasSize(100);

    byte[] image = pack(format, new byte[3000]);
    assertThat(Rows.of(Files.write(folder.resolve("b"), image)).rows())
        .extracting(Rows.Row::reason, Rows.Row::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Reason.UNSUPPORTED_FORMAT,
                "It is a " + format.label() + " file that holds no tar"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ArchiveFormat.class,
      names = {"TAR", "TAR_GZIP", "TAR_ZSTD", "TAR_XZ", "TAR_BZIP2"})
  void aTruncatedTarYieldsWhatIsBeforeTheEnd(ArchiveFormat format) throws IOException {
    Map<String, byte[]> files = Samples.files(60, 4);
    byte[] packed = pack(format, Samples.tar(files));
    int last = 0;
    for (int part = 1; part < 50; part++) {
      byte[] cut = Arrays.copyOf(packed, packed.length / 50 * part);
      Rows rows = Rows.of(Files.write(folder.resolve("a"), cut), 7);
      int read = rows.read().size();
      assertThat(rows.read()).isEqualTo(Samples.rows(files).subList(0, read));
      assertThat(rows.rejected()).hasSizeLessThanOrEqualTo(1);
      assertThat(rows.rejected()).allMatch(row -> row.reason() == Reason.UNREADABLE_ARCHIVE);
      assertThat(rows.rejected().size() == 1 || read == 60).isTrue();
      assertThat(read).isGreaterThanOrEqualTo(last);
      last = read;
    }
    assertThat(last).isGreaterThanOrEqualTo(leastReadOf(format));
  }

  @Test
  void aTarWithoutAnEndMarkIsReported() throws IOException {
    byte[] tar = Samples.tar(Map.of("a.png", Samples.ascii("A")));
    Rows rows = Rows.of(Files.write(folder.resolve("a.tar"), Arrays.copyOf(tar, 2048)));
    assertThat(rows.read()).hasSize(1);
    assertThat(rows.rejected())
        .extracting(Rows.Row::detail)
        .containsExactly("The tar has no end mark: it may have been cut off");
  }

  @Test
  void tarsJoinedEndToEndAreOne() throws IOException {
    byte[] first = Samples.tar(Map.of("a.png", Samples.ascii("A")));
    byte[] second = Samples.tar(Map.of("b.png", Samples.ascii("B")));
    Path file = Files.write(folder.resolve("a.tar"), Samples.join(first, second));
    for (long targetEntries : new long[] {1, 2}) {
      assertThat(Rows.of(file, targetEntries).names()).containsExactly("a.png", "b.png");
    }
  }

  @Test
  void whatFollowsTheEndMarkIsNotLostInSilence() throws IOException {
    byte[] tar = Samples.tar(Samples.files(20, 4));
    Arrays.fill(tar, 8192, 8192 + 20_000, (byte) 0);
    Rows rows = Rows.of(Files.write(folder.resolve("a.tar"), tar), 3);
    assertThat(rows.rejected())
        .extracting(Rows.Row::reason)
        .containsExactly(Reason.UNREADABLE_ARCHIVE);
    assertThat(rows.read()).isNotEmpty();
  }

  @Test
  void onlyRegularFilesAreRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] none = new byte[0];
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      Samples.put(tar, new TarArchiveEntry("dir/"), none);
      Samples.put(tar, new TarArchiveEntry("dir/a.png"), Samples.ascii("A"));
      Samples.put(tar, new TarArchiveEntry("dir/._a.png"), Samples.ascii("A"));
      Samples.put(tar, new TarArchiveEntry("empty.png"), none);
      TarArchiveEntry link = new TarArchiveEntry("link.png", TarConstants.LF_SYMLINK);
      link.setLinkName("dir/a.png");
      Samples.put(tar, link, none);
      TarArchiveEntry hard = new TarArchiveEntry("hard.png", TarConstants.LF_LINK);
      hard.setLinkName("dir/a.png");
      Samples.put(tar, hard, none);
      Samples.put(tar, new TarArchiveEntry("pipe", TarConstants.LF_FIFO), none);
      Samples.put(tar, new TarArchiveEntry("../../b.png", true), Samples.ascii("B"));
    }
    Rows rows = Rows.of(Files.write(folder.resolve("a.tar"), bytes.toByteArray()), 2);
    assertThat(rows.names())
        .containsExactly("dir/a.png", "empty.png", "link.png", "hard.png", "pipe", "../../b.png");
    assertThat(rows.rows()).extracting(Rows.Row::ordinal).containsExactly(1L, 3L, 4L, 5L, 6L, 7L);
    assertThat(rows.rejected())
        .extracting(Rows.Row::detail)
        .containsExactly(
            "It has no bytes",
            "It is a symbolic link, not a file",
            "It is a hard link, not a file",
            "It is a pipe, not a file");
  }

  @Test
  void tooLargeEntriesArePassedOver() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.png", new byte[10]);
    files.put("b.png", new byte[101]);
    files.put("c.png", new byte[100]);
    Path file = Samples.tar(folder.resolve("a.tar"), files);
    Rows rows = Rows.of(file, 1, new ArchiveLimits(100, 200, 1 << 20));
    assertThat(rows.rows())
        .extracting(Rows.Row::reason)
        .containsExactly(null, Reason.TOO_LARGE, null);
    assertThat(rows.row("b.png").detail()).isEqualTo("It is 101 bytes, and the limit is 100");
  }

  @ParameterizedTest
  @EnumSource(
      value = ArchiveFormat.class,
      names = {"TAR_GZIP", "TAR_ZSTD", "TAR_XZ", "TAR_BZIP2"})
  void aBombEndsTheTar(ArchiveFormat format) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.png", Samples.ascii("A"));
    files.put("bomb.png", new byte[20 << 20]);
    files.put("c.png", Samples.ascii("C"));
    byte[] packed = pack(format, Samples.tar(files));
    Rows rows = Rows.of(Files.write(folder.resolve("a"), packed));
    assertThat(rows.rows()).extracting(Rows.Row::reason).containsExactly(null, Reason.TOO_LARGE);
    assertThat(rows.rejected().get(0).detail())
        .isEqualTo(
            "It unpacks to more than 200 times its size: the rest of it is not read, within its"
                + " entry bomb.png");
  }

  /** How much is lost at the end depends on the size of the format's blocks. */
  private static int leastReadOf(ArchiveFormat format) {
    return switch (format) {
      case TAR_BZIP2 -> 0;
      case TAR_ZSTD -> 25;
      default -> 45;
    };
  }

  static byte[] pack(ArchiveFormat format, byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (format) {
          case TAR_GZIP -> new GZIPOutputStream(packed);
          case TAR_ZSTD -> new ZstdOutputStream(packed);
          case TAR_XZ -> new XZCompressorOutputStream(packed);
          case TAR_BZIP2 -> new BZip2CompressorOutputStream(packed);
          default -> packed;
        }) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
