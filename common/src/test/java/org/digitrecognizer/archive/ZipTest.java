// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 7, 100, 299, 300, 1000})
  void anyGroupingGivesWhatWasWritten(long targetEntries) throws IOException {
    Map<String, byte[]> files = Samples.files(300, 1);
    Rows rows = Rows.of(Samples.zip(folder.resolve("a.zip"), files), targetEntries);

    assertThat(rows.format()).isEqualTo(ArchiveFormat.ZIP);
    assertThat(rows.rows()).isEqualTo(Samples.rows(files));
    assertThat(rows.ranges()).hasSize((int) Math.ceil(300.0 / targetEntries));
  }

  @Test
  void bytesBoundARangeToo() throws IOException {
    Path zip = Samples.zip(folder.resolve("a.zip"), Samples.files(300, 1));
    List<ArchiveRange> ranges = new ArrayList<>();
    try (ArchivePlan plan =
        new ArchivePlanner(new org.apache.hadoop.conf.Configuration(), new RangeSize(1000, 20_000))
            .plan(new org.apache.hadoop.fs.Path(zip.toUri()), Files.size(zip))) {
      while (plan.hasNext()) {
        ranges.add(plan.next());
      }
    }
    assertThat(ranges).hasSizeGreaterThan(5);
    assertThat(ranges.stream().mapToLong(ArchiveRange::places).sum()).isEqualTo(300);
    assertThat(ranges).allSatisfy(range -> assertThat(range.bytes()).isLessThan(62_000));
  }

  @Test
  void readsWhatTheJdkReads() throws IOException {
    Path zip = Samples.zip(folder.resolve("a.zip"), Samples.files(50, 2));
    List<Rows.Row> expected = new ArrayList<>();
    try (ZipFile oracle = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : Collections.list(oracle.entries())) {
        byte[] bytes = oracle.getInputStream(entry).readAllBytes();
        expected.add(Rows.Row.of(ArchiveEntry.read(expected.size(), entry.getName(), bytes)));
      }
    }
    assertThat(Rows.of(zip, 10).rows()).isEqualTo(expected);
  }

  @Test
  void moreThan65535EntriesAreAZip64() throws IOException {
    Path zip = folder.resolve("many.zip");
    try (ZipOutputStream out =
        new ZipOutputStream(new java.io.BufferedOutputStream(Files.newOutputStream(zip)))) {
      for (int i = 0; i < 70_000; i++) {
        out.putNextEntry(new ZipEntry(i + ".png"));
        out.write(i);
      }
    }
    Rows rows = Rows.of(zip, 9_999);
    assertThat(rows.ranges()).hasSize(8);
    assertThat(rows.read()).hasSize(70_000);
    assertThat(rows.rows().get(69_999).name()).isEqualTo("69999.png");
  }

  @Test
  void zip64FieldsOfSmallEntriesAreRead() throws IOException {
    Path zip = folder.resolve("forced.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip.toFile())) {
      out.setUseZip64(Zip64Mode.Always);
      for (String name : List.of("a.png", "b.png")) {
        out.putArchiveEntry(new ZipArchiveEntry(name));
        out.write(Samples.ascii("bytes of " + name));
        out.closeArchiveEntry();
      }
    }
    assertThat(Rows.of(zip, 1).read()).hasSize(2);
  }

  @Test
  void readsEveryMethodThatTheLibraryUnpacks() throws IOException {
    byte[] bytes = new byte[3000];
    new Random(3).nextBytes(bytes);
    RawZip zip = new RawZip();
    add(zip, "stored", 0, bytes, bytes);
    add(zip, "deflate", 8, RawZip.deflate(bytes), bytes);
    add(zip, "deflate64", 9, RawZip.deflate(bytes), bytes);
    add(zip, "bzip2", 12, packed(bytes, BZip2CompressorOutputStream::new), bytes);
    add(zip, "zstd", 93, packed(bytes, ZstdOutputStream::new), bytes);
    add(zip, "xz", 95, packed(bytes, XZCompressorOutputStream::new), bytes);
    add(zip, "imploded", 6, bytes, bytes);

    Rows rows = Rows.of(Files.write(folder.resolve("methods.zip"), zip.finish()), 3);
    assertThat(rows.read()).hasSize(6).allMatch(row -> row.size() == 3000);
    assertThat(rows.row("imploded").reason()).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    assertThat(rows.row("imploded").detail()).isEqualTo("Zip method 6 is not unpacked here");
  }

  @Test
  void whatStandsBeforeAndAfterAZipIsPassedOver() throws IOException {
    byte[] zip = RawZip.stored("a.png", "A", "b.png", "B").finish();
    byte[] junk = new byte[100_000];
    new Random(5).nextBytes(junk);
    for (byte[] file :
        List.of(Samples.join(junk, zip), Samples.join(Samples.ascii("MZ"), junk, zip, junk(99)))) {
      Rows rows = Rows.of(Files.write(folder.resolve("setup.exe"), file), 1);
      assertThat(rows.format()).isEqualTo(ArchiveFormat.ZIP);
      assertThat(rows.rows()).extracting(Rows.Row::reason).containsExactly(null, null);
    }
  }

  @Test
  void commentsMayHoldFakeEnds() throws IOException {
    byte[] fake = RawZip.stored("fake.png", "no").finish();
    byte[] fakeEnd = java.util.Arrays.copyOfRange(fake, fake.length - 22, fake.length);
    byte[] comment = Samples.join(Samples.ascii("x"), fakeEnd, junk(3), fakeEnd);
    byte[] zip = RawZip.stored("a.png", "A", "b.png", "B").finish(comment);

    Rows rows = Rows.of(Files.write(folder.resolve("a.zip"), zip));
    assertThat(rows.names()).containsExactly("a.png", "b.png");
    assertThat(rows.read()).hasSize(2);
  }

  @Test
  void aCommentMayBeAsLongAsCanBe() throws IOException {
    byte[] zip = RawZip.stored("a.png", "A").finish(junk(65_535));
    assertThat(Rows.of(Files.write(folder.resolve("a.zip"), zip)).read()).hasSize(1);
  }

  @Test
  void onlyFilesAreEntriesButAllHaveAnOrdinal() throws IOException {
    byte[] zip =
        RawZip.stored(
                "dir/",
                "",
                "dir/a.png",
                "A",
                ".hidden",
                "x",
                "__MACOSX/dir/._a.png",
                "x",
                "_SUCCESS",
                "x",
                "../../b.png",
                "B",
                "dir/a.png",
                "other")
            .finish();
    for (long targetEntries : new long[] {1, 3, 100}) {
      Rows rows = Rows.of(Files.write(folder.resolve("a.zip"), zip), targetEntries);
      assertThat(rows.names()).containsExactly("dir/a.png", "../../b.png", "dir/a.png");
      assertThat(rows.rows()).extracting(Rows.Row::ordinal).containsExactly(1L, 5L, 6L);
      assertThat(rows.rejected()).isEmpty();
    }
  }

  @Test
  void namesAreDecodedAsTheZipSays() throws IOException {
    byte[] text = Samples.ascii("x");
    RawZip.Header plain = new RawZip.Header("", 0, text, text);
    byte[] cp437 = "für/ä.png".getBytes(Charset.forName("IBM437"));
    byte[] utf8 = "für/ä.png".getBytes(StandardCharsets.UTF_8);
    byte[] unicode =
        Samples.join(
            new byte[] {0x75, 0x70, (byte) (utf8.length + 5), 0, 1},
            RawZip.ints((int) RawZip.crc(cp437)),
            utf8);
    byte[] broken = {(byte) 0xC3, 0x28, (byte) 0xFF};
    byte[] zip =
        new RawZip()
            .add(plain.withName(cp437, new byte[0]), text)
            .add(plain.withName(utf8, new byte[0]).withFlags(1 << 11), text)
            .add(plain.withName(cp437, unicode), text)
            .add(plain.withName(utf8, new byte[0]), text)
            .add(plain.withName(broken, new byte[0]).withFlags(1 << 11), text)
            .finish();
    Rows rows = Rows.of(Files.write(folder.resolve("a.zip"), zip));
    assertThat(rows.names().subList(0, 4)).containsOnly("für/ä.png");
    assertThat(rows.read()).hasSize(5);
  }

  @Test
  void anEmptyZipHasNothing() throws IOException {
    Rows rows = Rows.of(Files.write(folder.resolve("a.zip"), new RawZip().finish()));
    assertThat(rows.format()).isEqualTo(ArchiveFormat.ZIP);
    assertThat(rows.rows()).isEmpty();
  }

  @Test
  void entriesInAnotherOrderThanTheDirectoryAreRead() throws IOException {
    RawZip zip = new RawZip();
    int[] starts = new int[100];
    RawZip.Header[] headers = new RawZip.Header[100];
    for (int i = 0; i < 100; i++) {
      byte[] text = Samples.ascii("text " + i);
      headers[i] = new RawZip.Header(i + ".png", 0, text, text);
      starts[i] = zip.size();
      zip.local(headers[i]).raw(text);
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(9));
    order.forEach(i -> zip.list(headers[i], starts[i], 0));

    Path file = Files.write(folder.resolve("shuffled.zip"), zip.finish());
    for (long targetEntries : new long[] {1, 8, 100}) {
      assertThat(Rows.of(file, targetEntries).read()).hasSize(100);
    }
  }

  private static void add(RawZip zip, String name, int method, byte[] packed, byte[] unpacked) {
    zip.add(new RawZip.Header(name, method, packed, unpacked), packed);
  }

  private static byte[] junk(int size) {
    byte[] junk = new byte[size];
    java.util.Arrays.fill(junk, (byte) 'j');
    return junk;
  }

  private static byte[] packed(byte[] bytes, Packer packer) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = packer.open(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private interface Packer {
    OutputStream open(OutputStream target) throws IOException;
  }
}
