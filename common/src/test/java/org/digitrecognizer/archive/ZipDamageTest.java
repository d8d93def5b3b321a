// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.archive.zip.LittleEndian;
import org.digitrecognizer.archive.zip.ZipMember;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipDamageTest {

  @TempDir Path folder;

  @Test
  void aTruncatedZipYieldsWhatIsBeforeTheEnd() throws IOException {
    Map<String, byte[]> files = Samples.files(100, 7);
    byte[] zip = Files.readAllBytes(Samples.zip(folder.resolve("whole.zip"), files));
    List<Rows.Row> whole = Samples.rows(files);
    int last = 0;
    for (int part = 1; part < 50; part++) {
      Rows rows = rows(Arrays.copyOf(zip, zip.length / 50 * part), 10);
      int read = rows.read().size();
      assertThat(rows.format()).isEqualTo(ArchiveFormat.ZIP_WITHOUT_DIRECTORY);
      assertThat(rows.read()).isEqualTo(whole.subList(0, read));
      assertThat(rows.rejected()).singleElement().satisfies(ZipDamageTest::isUnreadable);
      assertThat(read).as("part %d", part).isGreaterThanOrEqualTo(last);
      last = read;
    }
    assertThat(last).isGreaterThan(90);
  }

  @Test
  void withoutAnEndRecordEveryEntryIsStillRead() throws IOException {
    byte[] zip = Files.readAllBytes(Samples.zip(folder.resolve("a.zip"), Samples.files(30, 7)));
    Rows rows = rows(Arrays.copyOf(zip, zip.length - 1), 10);
    assertThat(rows.read()).isEqualTo(Samples.rows(Samples.files(30, 7)));
    assertThat(rows.rejected())
        .extracting(Rows.Row::detail)
        .containsExactly("The directory at the end of the zip is damaged or cut off");
  }

  @Test
  void behindADamagedDirectoryTheEntriesAreStillFound() throws IOException {
    byte[] zip = Files.readAllBytes(Samples.zip(folder.resolve("a.zip"), Samples.files(30, 7)));
    int header = 0;
    for (int seen = 0; seen < 12; header++) {
      seen += LittleEndian.int32(zip, header) == ZipMember.CENTRAL_SIGNATURE ? 1 : 0;
    }
    zip[header] = 0;
    for (long targetEntries : new long[] {1, 5, 100}) {
      Rows rows = rows(zip, targetEntries);
      assertThat(rows.read()).isEqualTo(Samples.rows(Samples.files(30, 7)));
      assertThat(rows.rejected()).singleElement().satisfies(ZipDamageTest::isUnreadable);
    }
  }

  @Test
  void storedEntriesWithDescriptorsAreFoundWithoutADirectory() throws IOException {
    RawZip zip = new RawZip();
    for (boolean signature : new boolean[] {true, false}) {
      byte[] text = Samples.ascii("some bytes PK that hold signatures PK\5\6");
      RawZip.Header known = new RawZip.Header(signature + ".png", 0, text, text);
      RawZip.Header unknown = known.withFlags(RawZip.DESCRIPTOR).withSizes(0, 0).withCrc(0);
      zip.add(unknown, known.withFlags(RawZip.DESCRIPTOR), text, 0);
      zip.raw(signature ? RawZip.ints(0x08074b50) : new byte[0]);
      zip.raw(RawZip.ints((int) known.crc(), text.length, text.length));
    }
    byte[] bytes = zip.finish();
    assertThat(rows(bytes, 1).read()).hasSize(2);
    Rows cut = rows(Arrays.copyOf(bytes, bytes.length - 4), 1);
    assertThat(cut.read()).isEqualTo(rows(bytes, 1).read());
    assertThat(cut.rejected()).hasSize(1);
  }

  @Test
  void aChecksumThatDoesNotMatchIsCorrupt() throws IOException {
    byte[] text = Samples.ascii("text");
    RawZip.Header header = new RawZip.Header("a.png", 0, text, text);
    Rows rows = rows(new RawZip().add(header.withCrc(1), text).add(header, text).finish(), 1);
    assertThat(rows.rejected())
        .extracting(Rows.Row::detail)
        .containsExactly("Its checksum (CRC-32) does not match its bytes");
    assertThat(rows.rejected()).allMatch(row -> row.reason() == Reason.CORRUPT);
    assertThat(rows.read()).hasSize(1);
  }

  @Test
  void headersThatDisagreeAreCorrupt() throws IOException {
    byte[] text = Samples.ascii("text");
    RawZip.Header header = new RawZip.Header("a.png", 0, text, text);
    RawZip.Header other = new RawZip.Header("b.png", 0, text, text);
    byte[] zip =
        new RawZip()
            .add(header, other, text, 0)
            .add(header, header.withSizes(3, 3), text, 0)
            .add(header, header.withSizes(1 << 30, 4), text, 0)
            .list(header, 1, 0)
            .list(header, 1 << 30, 0)
            .add(header, text)
            .finish();
    for (long targetEntries : new long[] {1, 100}) {
      Rows rows = rows(zip, targetEntries);
      assertThat(rows.rejected()).hasSize(5).allMatch(row -> row.reason() == Reason.CORRUPT);
      assertThat(rows.read()).hasSize(1);
    }
  }

  @Test
  void promisesThatAreNotKeptAreCorrupt() throws IOException {
    byte[] text = Samples.ascii("some text that is some text");
    byte[] packed = RawZip.deflate(text);
    RawZip.Header header = new RawZip.Header("a.png", 8, packed, text);
    byte[] garbage = packed.clone();
    Arrays.fill(garbage, (byte) 0xFF);
    byte[] zip =
        new RawZip()
            .add(header.withSizes(packed.length, text.length - 1), packed)
            .add(header.withSizes(packed.length, text.length + 1), packed)
            .add(header, garbage)
            .finish();
    assertThat(rows(zip, 1).rejected()).hasSize(3).allMatch(row -> row.reason() == Reason.CORRUPT);
  }

  @Test
  void encryptedEmptyAndLinkedEntriesAreRejected() throws IOException {
    byte[] text = Samples.ascii("text");
    RawZip.Header header = new RawZip.Header("a.png", 0, text, text);
    RawZip.Header empty = new RawZip.Header("b.png", 0, new byte[0], new byte[0]);
    byte[] zip =
        new RawZip()
            .add(header.withFlags(1), text)
            .add(empty, new byte[0])
            .add(header, header, text, 0xA1FF)
            .finish();
    assertThat(rows(zip, 2).rows())
        .extracting(Rows.Row::reason)
        .containsExactly(Reason.ENCRYPTED, Reason.EMPTY, Reason.UNSUPPORTED_FORMAT);
  }

  @Test
  void aBombIsStoppedByWhatItPromises() throws IOException {
    byte[] zeros = new byte[20 << 20];
    byte[] packed = RawZip.deflate(zeros);
    RawZip.Header header = new RawZip.Header("a.png", 8, packed, zeros);
    byte[] zip =
        new RawZip()
            .add(header, packed)
            .add(header.withSizes(packed.length, 1000), packed)
            .add(header.withSizes(packed.length, 1L << 31), packed)
            .finish();
    Rows rows = rows(zip, 1);
    assertThat(rows.rows())
        .extracting(Rows.Row::reason)
        .containsExactly(Reason.TOO_LARGE, Reason.CORRUPT, Reason.TOO_LARGE);
    assertThat(rows.rows().get(0).detail())
        .isEqualTo("It unpacks from 20387 to 20971520 bytes, and the limit is 200 times as many");
    assertThat(rows.rows().get(2).detail())
        .isEqualTo("It is 2147483648 bytes, and the limit is 67108864");
  }

  /** Entries that quote the headers of those behind them, so that all share one kernel. */
  @Test
  void entriesThatOverlapAreCorruptInAnyGrouping() throws IOException {
    byte[] kernel = RawZip.deflate(new byte[100_000]);
    byte[] bomb = quoted(kernel, 40);
    List<Rows.Row> whole = rows(bomb, 1000).rows();
    assertThat(whole).hasSize(40);
    assertThat(whole.stream().filter(row -> row.reason() == null)).hasSize(1);
    assertThat(whole.stream().filter(row -> row.reason() == Reason.CORRUPT)).hasSize(39);
    for (long targetEntries : new long[] {1, 3, 20}) {
      assertThat(rows(bomb, targetEntries).rows()).isEqualTo(whole);
    }
  }

  @Test
  void anEntryThatIsListedOftenIsReadOnce() throws IOException {
    byte[] text = new byte[1000];
    RawZip.Header header = new RawZip.Header("a.png", 0, text, text);
    RawZip zip = new RawZip().add(header, text);
    for (int i = 0; i < 99; i++) {
      zip.list(header, 0, 0);
    }
    byte[] bytes = zip.finish();
    for (long targetEntries : new long[] {1, 3, 100}) {
      Rows rows = rows(bytes, targetEntries);
      assertThat(rows.read()).extracting(Rows.Row::ordinal).containsExactly(0L);
      assertThat(rows.rejected()).hasSize(99).allMatch(row -> row.reason() == Reason.CORRUPT);
    }
  }

  /** Two large entries listed in turn: out of order, so that only what they claim gives it away. */
  @Test
  void entriesCannotClaimMuchMoreThanThereIs() throws IOException {
    byte[] text = new byte[1000];
    RawZip.Header first = new RawZip.Header("a.png", 0, text, text);
    RawZip.Header second = new RawZip.Header("b.png", 0, text, text);
    RawZip zip = new RawZip().local(first).raw(text).local(second).raw(text);
    for (int i = 0; i < 50; i++) {
      zip.list(second, 1035, 0).list(first, 0, 0);
    }
    Rows rows = rows(zip.finish(), 1);
    assertThat(rows.read()).hasSizeBetween(2, 4);
    assertThat(rows.rows()).hasSize(100);
  }

  @Test
  void aSplitZipIsUnreadable() throws IOException {
    byte[] zip = RawZip.stored("a.png", "A").finish();
    zip[zip.length - 18] = 1;
    Rows rows = rows(zip, 1);
    assertThat(rows.read()).hasSize(1);
    assertThat(rows.rejected()).singleElement().satisfies(ZipDamageTest::isUnreadable);
  }

  /** Each entry is a stored block of deflate that holds the next header, and then the rest. */
  private static byte[] quoted(byte[] kernel, int count) {
    byte[][] headers = new byte[count][];
    RawZip.Header[] described = new RawZip.Header[count];
    byte[] packed = kernel;
    byte[] unpacked = new byte[100_000];
    for (int i = count - 1; i >= 0; i--) {
      described[i] = new RawZip.Header("%02d.png".formatted(i), 8, packed, unpacked);
      headers[i] = new RawZip().local(described[i]).bytes();
      byte[] block = {0, 0, 0, 0, 0};
      block[1] = (byte) headers[i].length;
      block[3] = (byte) ~headers[i].length;
      block[4] = (byte) 0xFF;
      packed = Samples.join(block, headers[i], packed);
      unpacked = Samples.join(headers[i], unpacked);
    }
    RawZip zip = new RawZip();
    for (int i = 0; i < count; i++) {
      byte size = (byte) headers[i].length;
      zip.raw(i == 0 ? new byte[0] : new byte[] {0, size, 0, (byte) ~size, (byte) 0xFF});
      zip.list(described[i], zip.size(), 0).raw(headers[i]);
    }
    return zip.raw(kernel).finish();
  }

  private static void isUnreadable(Rows.Row row) {
    assertThat(row.reason()).isEqualTo(Reason.UNREADABLE_ARCHIVE);
    assertThat(row.name()).isEmpty();
  }

  private Rows rows(byte[] zip, long targetEntries) throws IOException {
    return Rows.of(Files.write(folder.resolve("test.zip"), zip), targetEntries);
  }
}
