// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as other programs write them, and what is none that is read. */
class ForeignArchiveTest {

  private static final String JOIN =
      " part of a split zip; join the parts first (zip -s 0 name.zip --out all.zip)";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst", "bz2", "xz"})
  void zerosBehindACompressedTarAreNoDamage(String format) throws IOException {
    Map<String, byte[]> files = Samples.files(60, 1);
    byte[] packed = pack(format, Samples.tar(files));
    for (int zeros : new int[] {4, 512, 10_240, 300_000}) {
      byte[] padded = Arrays.copyOf(packed, packed.length + (-packed.length & 3) + zeros);
      assertThat(Rows.of(write(padded)).rows())
          .as("%s and %d zeros", format, zeros)
          .isEqualTo(Samples.rows(files));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst", "bz2"})
  void whatIsBehindThatIsNotZerosIsDamage(String format) throws IOException {
    byte[] packed = pack(format, Samples.tar(Samples.files(3, 1)));
    byte[] other = Arrays.copyOf(packed, packed.length + 4096);
    other[other.length - 1] = 'x';
    assertThat(Rows.of(write(other)).rows())
        .extracting(Rows.Row::reason)
        .containsOnlyOnce(Reason.UNREADABLE_ARCHIVE)
        .hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst", "bz2", "xz"})
  void aTarThatIsCutOffIsDamagedWithZerosBehindItToo(String format) throws IOException {
    byte[] packed = pack(format, Samples.tar(Samples.files(60, 1)));
    byte[] cut = Arrays.copyOf(Arrays.copyOf(packed, packed.length / 2), packed.length);
    List<Rows.Row> rows = Rows.of(write(cut)).rows();
    assertThat(rows.get(rows.size() - 1).reason()).isEqualTo(Reason.UNREADABLE_ARCHIVE);
  }

  @Test
  void compressedFilesAreJoinedWithZerosBetweenThem() throws IOException {
    byte[] tar = Samples.tar(Samples.files(60, 1));
    byte[] first = pack("gz", Arrays.copyOf(tar, tar.length / 2));
    byte[] rest = pack("gz", Arrays.copyOfRange(tar, tar.length / 2, tar.length));
    for (int zeros : new int[] {0, 100, 20_000}) {
      byte[] joined = Samples.join(first, new byte[zeros], rest, new byte[zeros]);
      assertThat(Rows.of(write(joined)).rows()).isEqualTo(Samples.rows(Samples.files(60, 1)));
    }
  }

  @Test
  void aPartOfASplitZipSaysThatItIsOne() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>(Samples.files(50, 1));
    byte[] zip = Files.readAllBytes(Samples.zip(folder.resolve("whole.zip"), files));
    byte[] mark = {'P', 'K', 7, 8};
    List<Rows.Row> first =
        Rows.of(write(Samples.join(mark, Arrays.copyOf(zip, zip.length / 2)))).rows();
    assertThat(first).hasSizeGreaterThan(5);
    assertThat(first.get(first.size() - 1).reason()).isEqualTo(Reason.UNREADABLE_ARCHIVE);
    assertThat(first.get(first.size() - 1).detail()).isEqualTo("It is the first" + JOIN);

    byte[] last = Arrays.copyOfRange(zip, zip.length / 2 + 1, zip.length);
    last[last.length - 22 + 4] = 1;
    List<Rows.Row> rows = Rows.of(write(last)).rows();
    assertThat(rows).extracting(Rows.Row::reason).containsExactly(Reason.UNREADABLE_ARCHIVE);
    assertThat(rows.get(0).detail()).isEqualTo("It is the last" + JOIN);
  }

  @ParameterizedTest
  @CsvSource({
    "[Content_Types].xml",
    "_rels/.rels",
    "word/document.xml",
    "xl/workbook.xml",
    "docProps/app.xml"
  })
  void anOfficeFileIsAFileAndNoArchive(String name) throws IOException {
    byte[] office = RawZip.stored(name, "<xml/>", "b.png", "B").finish();
    Rows rows = Rows.of(write(office));
    assertThat(rows.format()).isEqualTo(ArchiveFormat.PLAIN);
    assertThat(rows.read()).hasSize(1);
  }

  @Test
  void imagesOfEveryKindAreNotTakenForArchives() throws IOException {
    byte[] zip = RawZip.stored("a.png", "A").finish();
    for (String head :
        List.of("II*\0", "MM\0*", "II+\0", "MM\0+", "%PDF-1", "P1 ", "7z\u00bc\u00af'\u001c")) {
      byte[] file = Samples.join(head.getBytes(StandardCharsets.ISO_8859_1), zip);
      assertThat(Rows.of(write(file)).format()).as(head).isEqualTo(ArchiveFormat.PLAIN);
    }
    byte[] script = Samples.join(Samples.ascii("#!/bin/sh\n"), zip);
    assertThat(Rows.of(write(script)).format()).isEqualTo(ArchiveFormat.ZIP);
    byte[] late = Samples.join(Samples.ascii("Program %PDF-"), zip);
    assertThat(Rows.of(write(late)).format()).isEqualTo(ArchiveFormat.ZIP);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file"), bytes);
  }

  private static byte[] pack(String format, byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (format) {
          case "gz" -> new GZIPOutputStream(packed);
          case "zst" -> new ZstdOutputStream(packed);
          case "bz2" -> new BZip2CompressorOutputStream(packed, 1);
          default -> new XZCompressorOutputStream(packed);
        }) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
