// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.pdf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.pattern.PDTilingPattern;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.Encoding;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanPages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of a few kilobytes that unpack to far more. */
class PdfBombTest {

  /** 80,000 bytes a stream, 320,000 a page. */
  private static final ScanLimits LIMITS = new ScanLimits(2_000_000, 10_000, 8);

  private static final int MUCH = 500_000;

  private static final String TEN = "/Form Do ".repeat(10);
  private static final String COMMANDS = "The page takes more than 200000 commands to draw";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FlateDecode",
        "LZWDecode",
        "RunLengthDecode",
        "ASCIIHexDecode FlateDecode",
        "ASCII85Decode FlateDecode",
        "AHx Fl",
        "FlateDecode FlateDecode",
        "FlateDecode RunLengthDecode",
        "ASCIIHexDecode LZWDecode FlateDecode"
      })
  void stopsAtTheLimitWhateverTheFilters(String filters) throws IOException {
    List<String> names = Arrays.asList(filters.split(" ", -1));
    assertTooLarge(withContents(names, spaces(MUCH)));
    assertThat(decode(withContents(names, spaces(1000)))).first().isInstanceOf(Outcome.Ok.class);
  }

  private static byte[] spaces(int count) {
    byte[] spaces = new byte[count];
    Arrays.fill(spaces, (byte) ' ');
    return spaces;
  }

  /** A page whose commands are packed by filters, of which PDFBox applies none twice. */
  private static byte[] withContents(List<String> filters, byte[] content) throws IOException {
    byte[] packed = content;
    List<String> once = new ArrayList<>(filters.stream().distinct().toList());
    Collections.reverse(once);
    for (String filter : once) {
      packed = pack(filter, packed);
    }
    COSArray names = new COSArray();
    filters.forEach(filter -> names.add(COSName.getPDFName(filter)));
    try (PDDocument document = new PDDocument()) {
      addPage(document).setContents(stream(document, packed, names));
      return Encoding.bytes(document);
    }
  }

  private static PDPage addPage(PDDocument document) {
    PDPage page = new PDPage(new PDRectangle(10, 10));
    document.addPage(page);
    return page;
  }

  private static PDStream stream(PDDocument document, byte[] packed, COSArray filters)
      throws IOException {
    PDStream stream = new PDStream(document);
    try (OutputStream out = stream.getCOSObject().createRawOutputStream()) {
      out.write(packed);
    }
    stream.getCOSObject().setItem(COSName.FILTER, filters);
    return stream;
  }

  private static byte[] pack(String filter, byte[] bytes) throws IOException {
    return switch (filter) {
      case "FlateDecode", "Fl" -> deflate(bytes);
      case "RunLengthDecode" -> runLengths(bytes);
      case "ASCIIHexDecode", "AHx" -> (HexFormat.of().formatHex(bytes) + ">").getBytes(US_ASCII);
      default -> byPdfBox(filter, bytes);
    };
  }

  private static byte[] deflate(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  /** ISO 32000-1, 7.4.5. */
  private static byte[] runLengths(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int from = 0; from < bytes.length; ) {
      int to = from + 1;
      while (to < bytes.length && to - from < 128 && bytes[to] == bytes[from]) {
        to++;
      }
      packed.write(to - from == 1 ? 0 : 257 - (to - from));
      packed.write(bytes[from]);
      from = to;
    }
    packed.write(128);
    return packed.toByteArray();
  }

  private static byte[] byPdfBox(String filter, byte[] bytes) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDStream stream =
          new PDStream(document, new ByteArrayInputStream(bytes), COSName.getPDFName(filter));
      return stream.getCOSObject().createRawInputStream().readAllBytes();
    }
  }

  @Test
  void stopsAtStreamsThatHoldTheDocumentItself() throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = addPage(document);
      COSArray zeros = new COSArray();
      for (int i = 0; i < 100_000; i++) {
        zeros.add(COSInteger.ZERO);
      }
      page.getCOSObject().setItem("Zeros", zeros);
      byte[] bytes = Encoding.bytes(document);
      assertThat(new String(bytes, US_ASCII)).contains("/ObjStm").hasSizeLessThan(10_000);
      assertTooLarge(bytes);
    }
  }

  @Test
  void stopsAtAnImageAmongTheCommands() throws IOException {
    ByteArrayOutputStream commands = new ByteArrayOutputStream();
    commands.write("BI /W 5 /H 5 /BPC 8 /CS /G /F /Fl ID ".getBytes(US_ASCII));
    commands.write(deflate(new byte[MUCH]));
    commands.write("\nEI\n".getBytes(US_ASCII));
    assertTooLarge(withContents(List.of(), commands.toByteArray()));
  }

  @Test
  void believesTheJpegImageRatherThanTheDocument() throws IOException {
    assertTooLarge(withJpeg(200));
    assertThat(decode(withJpeg(50))).first().isInstanceOf(Outcome.Ok.class);
  }

  /** A page that is a JPEG image, of which the document says that it has 50x50 pixels. */
  private static byte[] withJpeg(int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    try (PDDocument document = new PDDocument()) {
      PDPage page = addPage(document);
      PDImageXObject object =
          new PDImageXObject(
              document,
              new ByteArrayInputStream(Encoding.image("jpeg", image)),
              COSName.DCT_DECODE,
              50,
              50,
              8,
              PDDeviceGray.INSTANCE);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawImage(object, 0, 0, 10, 10);
      }
      return Encoding.bytes(document);
    }
  }

  @Test
  void stopsAtStreamsThatAreEncryptedToo() throws IOException {
    try (PDDocument document = new PDDocument()) {
      addPage(document)
          .setContents(
              new PDStream(document, new ByteArrayInputStream(spaces(MUCH)), COSName.FLATE_DECODE));
      StandardProtectionPolicy policy =
          new StandardProtectionPolicy("owner", "", new AccessPermission());
      policy.setEncryptionKeyLength(128);
      document.protect(policy);
      assertTooLarge(Encoding.bytes(document));
    }
  }

  @Test
  void aPageMayUnpackToSoMuchInAllButADocumentToMore() throws IOException {
    byte[] most = spaces(70_000);
    assertTooLarge(withPages(1, Collections.nCopies(9, most)));
    assertThat(decode(withPages(6, List.of(most))))
        .hasSize(6)
        .allSatisfy(page -> assertThat(page).isInstanceOf(Outcome.Ok.class));
  }

  private static byte[] withPages(int pages, List<byte[]> contents) throws IOException {
    try (PDDocument document = new PDDocument()) {
      for (int i = 0; i < pages; i++) {
        List<PDStream> streams = new ArrayList<>();
        for (byte[] content : contents) {
          streams.add(
              new PDStream(document, new ByteArrayInputStream(content), COSName.FLATE_DECODE));
        }
        addPage(document).setContents(streams);
      }
      return Encoding.bytes(document);
    }
  }

  @Test
  @Timeout(60)
  void stopsAtFormsThatDrawOneAnother() throws IOException {
    byte[] bomb = withForms(false);
    assertThat(bomb.length).isLessThan(10_000);
    assertTooLarge(bomb);
    assertTooLarge(bomb, ScanLimits.DEFAULT, COMMANDS);
  }

  /** Patterns are gone through only when the page is drawn. */
  @Test
  @Timeout(60)
  void stopsAtFormsOfAPatternWhenThePageIsDrawn() throws IOException {
    assertTooLarge(withForms(true), ScanLimits.DEFAULT, COMMANDS);
  }

  @Test
  @Timeout(60)
  void stopsAtAPageThatIsPaintedOverAndOver() throws IOException {
    ScanLimits limits = new ScanLimits(2_000_000, 15_000, 1);
    // Of 42x42 pixels.
    byte[] fills = "0 0 10 10 re f ".repeat(4500).getBytes(US_ASCII);
    assertTooLarge(
        withPages(1, List.of(fills, fills)),
        limits,
        "The page paints more than 1000 times 15000 pixels");
    assertThat(decode(withPages(1, List.of(fills)), limits).get(0)).isInstanceOf(Outcome.Ok.class);
  }

  /** Lines without a height, whose pen is as wide as the page. */
  @Test
  @Timeout(60)
  void wideLinesCountAsTheyArePainted() throws IOException {
    assertPaintsTooMuch("99 w " + "0 5 m 10 5 l S ".repeat(2000), new PDResources());
  }

  @Test
  @Timeout(60)
  void lettersCountAsTheyArePainted() throws IOException {
    PDResources resources = new PDResources();
    resources.put(
        COSName.getPDFName("Font"), new PDType1Font(Standard14Fonts.FontName.HELVETICA_BOLD));
    String letters = "(" + "M".repeat(30_000) + ") Tj";
    assertPaintsTooMuch("BT /Font 20 Tf -4 -2 Td -16.66 Tc " + letters + " ET", resources);
  }

  @Test
  @Timeout(60)
  void imagesCountAsTheyAreThoughTheyAreDrawnSmall() throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDResources resources = new PDResources();
      BufferedImage image = new BufferedImage(100, 100, BufferedImage.TYPE_BYTE_GRAY);
      resources.put(COSName.getPDFName("Image"), LosslessFactory.createFromImage(document, image));
      assertPaintsTooMuch("/Image Do ".repeat(2000), resources);
    }
  }

  private static void assertPaintsTooMuch(String commands, PDResources resources)
      throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = addPage(document);
      page.setMediaBox(new PDRectangle(28, 28));
      page.setResources(resources);
      page.setContents(
          new PDStream(
              document,
              new ByteArrayInputStream(commands.getBytes(US_ASCII)),
              COSName.FLATE_DECODE));
      assertTooLarge(
          Encoding.bytes(document),
          new ScanLimits(2_000_000, 15_000, 1),
          "The page paints more than 1000 times 15000 pixels");
    }
  }

  /** Going through a page to see what is on it is not counted where it is drawn. */
  @Test
  void aPageMayTakeSoManyCommandsToDraw() throws IOException {
    byte[] harmless = "0 g ".repeat(150_000).getBytes(US_ASCII);
    assertThat(decode(withPages(1, List.of(harmless)), ScanLimits.DEFAULT).get(0))
        .isInstanceOf(Outcome.Ok.class);
    byte[] more = "0 g ".repeat(200_001).getBytes(US_ASCII);
    assertTooLarge(withPages(1, List.of(more)), ScanLimits.DEFAULT, COMMANDS);
  }

  /** A page whose commands are ten, each of which is ten others, and so on: 10^10. */
  private static byte[] withForms(boolean inPattern) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDFormXObject form = form(document, "0 0 1 1 re f", new PDResources());
      for (int depth = 0; depth < 9; depth++) {
        form = form(document, TEN, resources(form));
      }
      PDPage page = addPage(document);
      page.setResources(resources(form));
      if (inPattern) {
        PDResources resources = new PDResources();
        resources.put(COSName.getPDFName("Pattern"), pattern(resources(form)));
        page.setResources(resources);
      }
      String commands = inPattern ? "/Pattern cs /Pattern scn 0 0 9 9 re f" : TEN;
      page.setContents(
          new PDStream(document, new ByteArrayInputStream(commands.getBytes(US_ASCII))));
      return Encoding.bytes(document);
    }
  }

  private static PDResources resources(PDFormXObject form) {
    PDResources resources = new PDResources();
    resources.put(COSName.getPDFName("Form"), form);
    return resources;
  }

  private static PDFormXObject form(PDDocument document, String commands, PDResources resources)
      throws IOException {
    PDFormXObject form =
        new PDFormXObject(
            new PDStream(document, new ByteArrayInputStream(commands.getBytes(US_ASCII))));
    form.setBBox(new PDRectangle(10, 10));
    form.setResources(resources);
    return form;
  }

  private static PDTilingPattern pattern(PDResources resources) throws IOException {
    PDTilingPattern pattern = new PDTilingPattern();
    pattern.setPaintType(PDTilingPattern.PAINT_COLORED);
    pattern.setTilingType(PDTilingPattern.TILING_CONSTANT_SPACING);
    pattern.setBBox(new PDRectangle(10, 10));
    pattern.setXStep(10);
    pattern.setYStep(10);
    pattern.setResources(resources);
    try (OutputStream out = ((COSStream) pattern.getCOSObject()).createOutputStream()) {
      out.write(TEN.getBytes(US_ASCII));
    }
    return pattern;
  }

  @Test
  void nothingIsWrittenToTemporaryFiles() {
    assertThat(new ScanDecoder(LIMITS)).isNotNull();
    assertThat(ImageIO.getUseCache()).isFalse();
  }

  private static void assertTooLarge(byte[] document) throws IOException {
    assertTooLarge(
        document,
        LIMITS,
        "The document unpacks to more than 80000 bytes in one part or 320000 on one page");
  }

  private static void assertTooLarge(byte[] document, ScanLimits limits, String detail)
      throws IOException {
    assertThat(document.length).isLessThan(1_000_000);
    List<Outcome<GreyImage>> pages = decode(document, limits);
    assertThat(pages).hasSize(1);
    Rejection rejection =
        pages.get(0) instanceof Outcome.Rejected<GreyImage> rejected
            ? rejected.rejection()
            : new Rejection(Reason.EMPTY, "not rejected");
    assertThat(rejection.detail()).isEqualTo(detail);
    assertThat(rejection.reason()).isEqualTo(Reason.TOO_LARGE);
  }

  private static List<Outcome<GreyImage>> decode(byte[] bytes) throws IOException {
    return decode(bytes, LIMITS);
  }

  private static List<Outcome<GreyImage>> decode(byte[] bytes, ScanLimits limits)
      throws IOException {
    List<Outcome<GreyImage>> outcomes = new ArrayList<>();
    try (ScanPages pages = new ScanDecoder(limits).decode(bytes)) {
      pages.forEachRemaining(outcomes::add);
    }
    return outcomes;
  }
}
