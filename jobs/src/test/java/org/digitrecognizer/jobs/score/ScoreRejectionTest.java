// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.spark.sql.Row;
import org.digitrecognizer.archive.RawZip;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.Encoding;
import org.digitrecognizer.scan.helper.EndlessDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are really bad, each among good ones: what the row of each says. */
class ScoreRejectionTest {

  private static final int STORED = 0;
  private static final int DEFLATE = 8;
  private static final int PASSWORD = 1;

  @TempDir private Path directory;
  private Night night;

  @BeforeAll
  static void startSpark() {
    TestSpark.session();
    SmallModel.trained();
  }

  @BeforeEach
  void openNight() throws IOException {
    night = new Night(directory);
  }

  /** What a row must say. */
  private record Expected(
      String archive, long ordinal, String entry, int page, Reason reason, String detail) {

    /** A plain file. */
    static Expected file(String name, Reason reason, String detail) {
      return new Expected(name, 0, name, 0, reason, detail);
    }
  }

  private Expected of(Row row) {
    String uri = row.getAs("archive");
    return new Expected(
        Path.of(uri.substring("file:".length())).getFileName().toString(),
        row.<Long>getAs("ordinal"),
        row.getAs("entry"),
        row.<Integer>getAs("page"),
        Reason.valueOf(row.getAs("reason")),
        row.getAs("detail"));
  }

  /** Scores, and compares all rejects in the order of archive, ordinal and page. */
  private void assertRejected(int read, Expected... expected) throws IOException {
    assertThat(night.score("--max-reject-fraction", "0.01").status()).isEqualTo(3);
    assertThat(night.rejected()).extracting(this::of).containsExactly(expected);
    assertThat(night.predictions()).hasSize(read);
    assertThat(night.metrics().get("images").asInt()).isEqualTo(read + expected.length);
    for (Row row : night.rejected()) {
      String archive = row.getAs("archive");
      String entry = row.getAs("entry");
      boolean plain = archive.endsWith("/" + entry);
      String source = entry == null || plain ? archive : archive + "!/" + entry;
      assertThat(row.<String>getAs("source")).isEqualTo(source);
    }
  }

  private static RawZip.Header header(String name, byte[] stored) {
    return new RawZip.Header(name, STORED, stored, stored);
  }

  @Test
  void archivesThatAreCutOffYieldWhatIsBefore() throws IOException {
    byte[] zip = Scans.zip(Scans.pngs(0, 20));
    night.put("a.zip", Arrays.copyOf(zip, zip.length / 2));
    byte[] tar = Scans.tar(Scans.pngs(20, 20));
    night.put("b.tar", Arrays.copyOf(tar, 4 * 1024 + 600));
    byte[] tgz = Scans.pack("gz", tar);
    night.put("c.tgz", Arrays.copyOf(tgz, tgz.length / 2));
    night.put("d.zip", Arrays.copyOf(zip, 10));
    assertThat(night.score().succeeded().out()).contains("4 rejected");
    List<Row> rejected = night.rejected();
    assertThat(rejected)
        .hasSize(4)
        .allMatch(row -> "UNREADABLE_ARCHIVE".equals(row.getAs("reason")))
        .allMatch(row -> row.getAs("entry") == null)
        .allMatch(row -> row.getAs("source").equals(row.getAs("archive")));
    assertThat(rejected)
        .extracting(row -> row.<String>getAs("detail"))
        .satisfiesExactly(
            zipped -> assertThat(zipped).startsWith("The zip is cut off within its entry 000"),
            plain -> assertThat(plain).startsWith("The tar is cut off at byte "),
            packed ->
                assertThat(packed).startsWith("It cannot be unpacked further: it ends too early"),
            nothing ->
                assertThat(nothing).isEqualTo("No entry starts at byte 0, where one should"));
    for (int i = 0; i < 3; i++) {
      String archive = rejected.get(i).getAs("archive");
      long read =
          night.predictions().stream().filter(row -> archive.equals(row.getAs("archive"))).count();
      assertThat(read).as(archive).isBetween(2L, 18L);
      assertThat(rejected.get(i).<Long>getAs("ordinal")).as(archive).isEqualTo(read);
    }
  }

  @Test
  void whatNeedsAPassword() throws IOException {
    byte[] png = Scans.png(0);
    night.put(
        "a.zip",
        new RawZip()
            .add(header("open.png", png), png)
            .add(header("locked.png", png).withFlags(PASSWORD), png)
            .finish());
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      night.put("b.pdf", Encoding.bytes(document));
    }
    assertRejected(
        1,
        new Expected("a.zip", 1, "locked.png", 0, Reason.ENCRYPTED, "It needs a password"),
        Expected.file("b.pdf", Reason.ENCRYPTED, "The document needs a password"));
  }

  @Test
  void whatIsCorrupt() throws IOException {
    byte[] png = Scans.png(0);
    byte[] flipped = png.clone();
    flipped[png.length / 2] ^= 4;
    night.put("a.png", flipped);
    RawZip.Header good = header("good.png", png);
    night.put(
        "b.zip",
        new RawZip()
            .add(good, png)
            .add(header("sum.png", png).withCrc(1), png)
            .list(good, 0, 0)
            .finish());
    night.put("c.png", Arrays.copyOf(png, png.length / 2));
    assertRejected(
        1,
        Expected.file(
            "a.png",
            Reason.CORRUPT,
            "This looks like a PNG image, but is damaged: a checksum is wrong"),
        new Expected(
            "b.zip",
            1,
            "sum.png",
            0,
            Reason.CORRUPT,
            "Its checksum (CRC-32) does not match its bytes"),
        new Expected(
            "b.zip", 2, "good.png", 0, Reason.CORRUPT, "Its bytes overlap those of another entry"),
        Expected.file(
            "c.png",
            Reason.CORRUPT,
            "This looks like a PNG image, but is damaged: it ends too early"));
  }

  @Test
  void whatIsNoImage() throws IOException {
    night.put("a.txt", "hello".getBytes(US_ASCII));
    night.put("b.gz", Scans.pack("gz", Scans.png(0)));
    night.put("c.zip", Scans.zip(Map.of("page.html", "<html>".getBytes(US_ASCII))));
    String read = "; PNG, JPEG, TIFF, BMP, GIF, PBM, PGM, PPM and PDF are read";
    assertRejected(
        0,
        Expected.file("a.txt", Reason.UNSUPPORTED_FORMAT, "This is plain text" + read),
        new Expected(
            "b.gz", 0, null, 0, Reason.UNSUPPORTED_FORMAT, "It is a gzip file that holds no tar"),
        new Expected(
            "c.zip",
            0,
            "page.html",
            0,
            Reason.UNSUPPORTED_FORMAT,
            "This is HTML, SVG or XML" + read));
  }

  @Test
  void whatIsTooLarge() throws IOException {
    night.put("a.png", hugePng());
    night.put("b.pgm", new byte[70_000]);
    byte[] zeros = new byte[20 << 20];
    byte[] packed = RawZip.deflate(zeros);
    RawZip.Header promise = new RawZip.Header("bytes.png", DEFLATE, packed, zeros);
    night.put(
        "c.zip", new RawZip().add(promise.withSizes(packed.length, 1L << 31), packed).finish());
    night.put("d.tiff", Encoding.tiff(null, Collections.nCopies(4, sheet(9, 9))));
    String bytes = "It is %d bytes, and the limit is 60000";
    assertThat(
            night
                .score(
                    "--max-entry-bytes",
                    "60000",
                    "--max-pages",
                    "3",
                    "--max-reject-fraction",
                    "0.01")
                .status())
        .isEqualTo(3);
    assertThat(night.rejected())
        .extracting(this::of)
        .containsExactly(
            Expected.file(
                "a.png",
                Reason.TOO_LARGE,
                "The page is 60000x60000 pixels, more than the limit of 50000000 in all"),
            Expected.file("b.pgm", Reason.TOO_LARGE, bytes.formatted(70_000)),
            new Expected("c.zip", 0, "bytes.png", 0, Reason.TOO_LARGE, bytes.formatted(1L << 31)),
            Expected.file(
                "d.tiff", Reason.TOO_LARGE, "The file has 4 pages, more than the limit of 3"));
  }

  @Test
  void aPageThatTakesTooLong() throws IOException {
    night.put("a.pdf", EndlessDocument.ofThreePages());
    night.score("--max-page-seconds", "3").succeeded();
    assertThat(night.predictions().size() + night.rejected().size()).isEqualTo(3);
    assertThat(night.rejected())
        .filteredOn(row -> row.<String>getAs("reason").equals(Reason.TOO_LARGE.name()))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<Integer>getAs("page")).isEqualTo(1);
              assertThat(row.<String>getAs("detail"))
                  .isEqualTo("It takes more than 3 seconds to decode the page");
            });
  }

  @Test
  void bombsAreNotUnpacked() throws IOException {
    byte[] zeros = new byte[20 << 20];
    byte[] packed = RawZip.deflate(zeros);
    RawZip.Header header = new RawZip.Header("zeros.png", DEFLATE, packed, zeros);
    night.put("a.zip", new RawZip().add(header, packed).finish());
    Map<String, byte[]> files = Scans.pngs(0, 3);
    files.put("zeros.png", zeros);
    night.put("b.tgz", Scans.pack("gz", Scans.tar(files)));
    assertRejected(
        3,
        new Expected(
            "a.zip",
            0,
            "zeros.png",
            0,
            Reason.TOO_LARGE,
            "It unpacks from %d to %d bytes, and the limit is 200 times as many"
                .formatted(packed.length, zeros.length)),
        new Expected(
            "b.tgz",
            3,
            null,
            0,
            Reason.TOO_LARGE,
            "It unpacks to more than 200 times its size: the rest of it is not read, within its"
                + " entry zeros.png"));
  }

  /** Its header says 60000x60000 pixels, which would be 3.6 GB. */
  private static byte[] hugePng() throws IOException {
    byte[] png = Scans.png(0);
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return png;
  }

  private static BufferedImage sheet(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
  }

  @Test
  void whatShowsNoOneDigit() throws IOException {
    night.put("a.png", new byte[0]);
    night.put("b.png", Encoding.image("png", sheet(40, 40)));
    BufferedImage pair =
        Drawing.pair(Scans.digit(0).pixels(), Scans.digit(1).pixels(), DigitImage.WIDTH);
    night.put("c.png", Encoding.image("png", pair));
    BufferedImage digit = Drawing.picture(Scans.digit(0).pixels(), DigitImage.WIDTH);
    night.put("d.tiff", Encoding.tiff(null, List.of(digit, sheet(28, 28), digit)));
    night.put("e.zip", Scans.zip(Map.of("empty.png", new byte[0])));
    assertThat(night.score().succeeded().out()).contains("Read 2 of 7 new images");
    assertThat(night.rejected())
        .extracting(this::of)
        .containsExactly(
            Expected.file("a.png", Reason.EMPTY, "It has no bytes"),
            Expected.file("b.png", Reason.BLANK, "No ink was found on the scan"),
            Expected.file(
                "c.png",
                Reason.MULTIPLE_DIGITS,
                "The ink is more than one digit; a scan must show one digit alone"),
            new Expected("d.tiff", 0, "d.tiff", 1, Reason.BLANK, "No ink was found on the scan"),
            new Expected("e.zip", 0, "empty.png", 0, Reason.EMPTY, "It has no bytes"));
    assertThat(night.rejected().get(3).<String>getAs("source"))
        .isEqualTo(night.uri("d.tiff") + "#1");
  }

  @Test
  void archivesWithinArchives() throws IOException {
    byte[] zip = Scans.zip(Scans.pngs(0, 2));
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("inner.zip", zip);
    files.put("inner.tar", Scans.tar(Scans.pngs(0, 2)));
    files.put("a.png", Scans.png(3));
    night.put("a.zip", Scans.zip(files));
    night.put("b.tar", Scans.tar(files));
    String nestedZip = "This is a zip archive inside an archive; unpack it beside it";
    String nestedTar = "This is a tar archive inside an archive; unpack it beside it";
    assertRejected(
        2,
        new Expected("a.zip", 0, "inner.zip", 0, Reason.NESTED_ARCHIVE, nestedZip),
        new Expected("a.zip", 1, "inner.tar", 0, Reason.NESTED_ARCHIVE, nestedTar),
        new Expected("b.tar", 0, "inner.zip", 0, Reason.NESTED_ARCHIVE, nestedZip),
        new Expected("b.tar", 1, "inner.tar", 0, Reason.NESTED_ARCHIVE, nestedTar));
  }
}
