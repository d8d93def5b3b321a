// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.digitrecognizer.digit.FileSignature;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanRejectionTest {

  private static final ScanLimits SMALL = new ScanLimits(100_000, 10_000, 3);

  @Test
  void callsNoBytesEmpty() throws IOException {
    assertThat(reject(new byte[0]).reason()).isEqualTo(Reason.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({
    "hello,plain text",
    "<html>,HTML",
    "%!PS-Adobe,PostScript",
    "8BPS,Photoshop",
    "RIFF....WEBP,WebP"
  })
  void namesWhatItDoesNotRead(String text, String name) throws IOException {
    Rejection rejection = reject(text.getBytes(US_ASCII));
    assertThat(rejection.reason()).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    assertThat(rejection.detail()).contains(name);
  }

  @Test
  void tellsAnOfficeFileFromAZip() throws IOException {
    assertThat(reject(zip("[Content_Types].xml")).detail()).contains("Office");
    Rejection nested = reject(zip("0001.png"));
    assertThat(nested.reason()).isEqualTo(Reason.NESTED_ARCHIVE);
    assertThat(nested.detail()).contains("zip archive");
  }

  @Test
  void aZipThatBeginsWithADocumentIsAZip() throws IOException {
    byte[] zip = zip("%PDF-1.7.pdf");
    assertThat(new String(zip, ISO_8859_1).indexOf("%PDF-")).isLessThan(FileSignature.HEAD);
    Rejection nested = reject(zip);
    assertThat(nested.reason()).isEqualTo(Reason.NESTED_ARCHIVE);
    assertThat(nested.detail()).contains("a zip archive");
  }

  @Test
  void aDocumentWithOtherBytesBeforeItIsADocument() throws IOException {
    byte[] pdf = Encoding.pdf(true, List.of(noise(9, 9)));
    byte[] late = new byte[500 + pdf.length];
    System.arraycopy(pdf, 0, late, 500, pdf.length);
    assertThat(decode(late, ScanLimits.DEFAULT).get(0)).isInstanceOf(Outcome.Ok.class);
  }

  @Test
  void callsCompressedFilesNestedArchives() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(1);
    }
    assertThat(reject(out.toByteArray()).reason()).isEqualTo(Reason.NESTED_ARCHIVE);
    for (String sign :
        List.of(
            "BZh91AY&SY",
            "7z\u00bc\u00af'\u001c",
            "\u00fd7zXZ\0",
            "Rar!\u001a\u0007",
            "(\u00b5/\u00fd")) {
      assertThat(reject(sign.getBytes(ISO_8859_1)).reason()).isEqualTo(Reason.NESTED_ARCHIVE);
    }
  }

  @Test
  void knowsATarByItsChecksum() throws IOException {
    byte[] header = new byte[1024];
    System.arraycopy("a.png".getBytes(US_ASCII), 0, header, 0, 5);
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += header[i];
    }
    byte[] octal = String.format("%06o\0 ", sum).getBytes(US_ASCII);
    System.arraycopy(octal, 0, header, 148, 8);
    assertThat(reject(header).reason()).isEqualTo(Reason.NESTED_ARCHIVE);
    System.arraycopy("%PDF-1.7".getBytes(US_ASCII), 0, header, 512, 8);
    Rejection nested = reject(header);
    assertThat(nested.reason()).as("a PDF in a tar").isEqualTo(Reason.NESTED_ARCHIVE);
    assertThat(nested.detail()).contains("a tar archive");
    Arrays.fill(header, 512, 520, (byte) 0);
    header[0]++;
    assertThat(reject(header).reason()).isEqualTo(Reason.UNSUPPORTED_FORMAT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "gif", "tiff"})
  void callsATruncatedImageCorrupt(String format) throws IOException {
    byte[] whole = Encoding.image(format, noise(60, 60));
    Rejection rejection = reject(Arrays.copyOf(whole, whole.length / 2));
    assertThat(rejection.reason()).as(rejection.detail()).isEqualTo(Reason.CORRUPT);
    assertThat(rejection.detail()).doesNotContain("\n");
  }

  @Test
  void callsAFlippedBitInAPngCorrupt() throws IOException {
    byte[] png = Encoding.image("png", noise(20, 20));
    png[png.length / 2] ^= 4;
    assertThat(reject(png).reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void callsADocumentThatIsNoneCorrupt() throws IOException {
    assertThat(reject("%PDF-1.4\nnothing".getBytes(US_ASCII)).reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void readsTheOtherPagesOfATiffWithABadOne() throws IOException {
    byte[] tiff = Encoding.tiff("Deflate", List.of(noise(30, 30), noise(31, 31)));
    // The strip of the first page comes right after the header of eight bytes.
    int strip = indexOf(tiff, new byte[] {0x78});
    Arrays.fill(tiff, strip, strip + 200, (byte) 0x55);
    List<Outcome<GreyImage>> pages = decode(tiff, ScanLimits.DEFAULT);
    assertThat(pages).hasSize(2);
    assertThat(pages.get(0)).isInstanceOf(Outcome.Rejected.class);
    assertThat(pages.get(1)).isInstanceOf(Outcome.Ok.class);
  }

  @Test
  void saysThatADocumentNeedsAPassword() throws IOException {
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      Rejection rejection = reject(Encoding.bytes(document));
      assertThat(rejection.reason()).isEqualTo(Reason.ENCRYPTED);
    }
  }

  @Test
  void opensADocumentThatIsEncryptedWithoutAPassword() throws IOException {
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage(new PDRectangle(10, 10)));
      document.protect(new StandardProtectionPolicy("owner", "", new AccessPermission()));
      assertThat(decode(Encoding.bytes(document), ScanLimits.DEFAULT).get(0))
          .isInstanceOf(Outcome.Ok.class);
    }
  }

  @Test
  void stopsAtEachLimit() throws IOException {
    assertTooLarge(Arrays.copyOf(Encoding.image("png", noise(5, 5)), 100_001), "bytes");
    assertTooLarge(Encoding.image("png", noise(101, 100)), "101x100 pixels");
    assertTooLarge(Encoding.tiff("LZW", Collections.nCopies(4, noise(3, 3))), "4 pages");
    assertTooLarge(Encoding.pdf(true, Collections.nCopies(4, noise(3, 3))), "4 pages");
    assertTooLarge(Encoding.pdf(true, List.of(noise(101, 100))), "101x100 pixels");
    assertTooLarge(Encoding.pdf(false, List.of(noise(9, 9))), "417x417 pixels");
  }

  @Test
  void readsTheSizeFromTheHeaderBeforeItDecodes() throws IOException {
    // It says 60000x60000 pixels, which would be 3.6 GB, in a file of a few bytes.
    byte[] png = Encoding.image("png", noise(5, 5));
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    Rejection rejection = rejection(decode(png, ScanLimits.DEFAULT).get(0));
    assertThat(rejection.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(rejection.detail()).contains("60000x60000");
  }

  private static void assertTooLarge(byte[] bytes, String detail) throws IOException {
    List<Outcome<GreyImage>> pages = decode(bytes, SMALL);
    assertThat(pages).hasSize(1);
    Rejection rejection = rejection(pages.get(0));
    assertThat(rejection.reason()).as(rejection.detail()).isEqualTo(Reason.TOO_LARGE);
    assertThat(rejection.detail()).contains(detail);
  }

  private static Rejection reject(byte[] bytes) throws IOException {
    List<Outcome<GreyImage>> pages = decode(bytes, ScanLimits.DEFAULT);
    assertThat(pages).hasSize(1);
    return rejection(pages.get(0));
  }

  private static Rejection rejection(Outcome<GreyImage> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    return ((Outcome.Rejected<GreyImage>) outcome).rejection();
  }

  private static List<Outcome<GreyImage>> decode(byte[] bytes, ScanLimits limits)
      throws IOException {
    List<Outcome<GreyImage>> outcomes = new ArrayList<>();
    try (ScanPages pages = new ScanDecoder(limits).decode(bytes)) {
      pages.forEachRemaining(outcomes::add);
    }
    return outcomes;
  }

  private static BufferedImage noise(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(width);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, random.nextInt(256));
    }
    return image;
  }

  private static byte[] zip(String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(1);
    }
    return out.toByteArray();
  }

  private static int indexOf(byte[] bytes, byte[] sought) {
    for (int i = 8; i < bytes.length; i++) {
      if (bytes[i] == sought[0]) {
        return i;
      }
    }
    throw new AssertionError("Not found");
  }
}
