// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.pdf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that would take for ever to draw are too large, and their neighbours are read. */
@Timeout(60)
class EndlessPageTest {

  private static final String FUNCTION = "The page is coloured by a function that takes too long";

  @ParameterizedTest
  @CsvSource({"4,0", "5,0", "6,0", "7,0", "4,3"})
  void aMeshOfColoursIsNotDrawn(int type, int flag) throws IOException {
    byte[] vertices = new byte[1000];
    vertices[0] = (byte) flag;
    for (boolean asPattern : new boolean[] {false, true}) {
      assertTooLarge(
          document(stream(shading(type), vertices), asPattern),
          "The page is coloured by a mesh (shading of type "
              + type
              + "), which may take for ever to draw; print the page to an image");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{ 1 copy 2 copy 4 copy 2 8 exp cvi copy }", "{ 101 copy }"})
  void aFunctionThatFillsTheStackIsNotCalled(String program) throws IOException {
    for (int type : new int[] {1, 2, 3}) {
      COSDictionary shading = shading(type);
      shading.setItem(COSName.FUNCTION, calculator(type == 1 ? 2 : 1, program));
      assertTooLarge(document(shading, false), FUNCTION);
      assertTooLarge(document(shading, true), FUNCTION);
    }
  }

  @Test
  void aFunctionOfManyInputsIsNotCalled() throws IOException {
    COSDictionary shading = shading(1);
    COSDictionary sampled = new COSDictionary();
    sampled.setInt(COSName.FUNCTION_TYPE, 0);
    sampled.setItem(COSName.DOMAIN, numbers(new float[40]));
    sampled.setItem(COSName.RANGE, numbers(0, 1));
    shading.setItem(COSName.FUNCTION, stream(sampled, new byte[10]));
    assertTooLarge(document(shading, false), FUNCTION);
  }

  @Test
  void aFunctionThatHoldsItselfIsNotCalled() throws IOException {
    COSDictionary stitching = new COSDictionary();
    stitching.setInt(COSName.FUNCTION_TYPE, 3);
    COSArray parts = new COSArray();
    for (int i = 0; i < 50; i++) {
      parts.add(stitching);
    }
    stitching.setItem(COSName.FUNCTIONS, parts);
    assertThat(PdfFunctionCost.of(stitching)).isGreaterThan(PdfFunctionCost.MOST);
  }

  @Test
  void aHonestShadingIsDrawn() throws IOException {
    COSDictionary shading = shading(2);
    shading.setItem(COSName.FUNCTION, calculator(1, "{ dup 0.5 gt { pop 1 } { 2 mul } ifelse }"));
    assertThat(decode(document(shading, false), ScanLimits.DEFAULT))
        .hasSize(2)
        .allMatch(page -> page instanceof Outcome.Ok<GreyImage>);
  }

  @Test
  void anExpensiveFunctionCountsForEachPixel() throws IOException {
    COSDictionary shading = shading(1);
    shading.setItem(COSName.FUNCTION, calculator(2, "{ " + "dup pop ".repeat(500) + "pop }"));
    assertTooLarge(
        document(shading, false),
        new ScanLimits(1 << 20, 30_000, 3),
        "The page paints more than 1000 times 30000 pixels");
  }

  @Test
  void dashesCountThatNobodySees() throws IOException {
    String lines = "[0.001] 0 d " + "0 0 m 1000000000 1000000000 l S ".repeat(3);
    assertTooLarge(
        document(new COSDictionary(), lines),
        new ScanLimits(1 << 20, 30_000, 3),
        "The page paints more than 1000 times 30000 pixels");
    assertThat(
            decode(document(new COSDictionary(), "[3] 0 d 0 0 m 30 30 l S"), ScanLimits.DEFAULT)
                .get(0))
        .isInstanceOf(Outcome.Ok.class);
  }

  @Test
  void aSoftMaskCountsForAllThatIsPaintedThroughIt() throws IOException {
    String fills = "/M gs " + "0 0 1 1 re f ".repeat(400);
    assertTooLarge(
        document(new COSDictionary(), fills),
        new ScanLimits(1 << 20, 30_000, 3),
        "The page paints more than 1000 times 30000 pixels");
    assertThat(
            decode(document(new COSDictionary(), "/M gs 0 0 9 9 re f"), ScanLimits.DEFAULT).get(0))
        .isInstanceOf(Outcome.Ok.class);
  }

  @Test
  void aRegionOfJbig2IsNoLargerThanAnImageMayBe() throws IOException {
    ByteBuffer region = ByteBuffer.allocate(80);
    region.putInt(0).put(new byte[] {48, 0, 1}).putInt(19).putInt(10).putInt(10).put(new byte[11]);
    region.putInt(1).put(new byte[] {38, 0, 1}).putInt(26).putInt(60_000).putInt(60_000);
    byte[] jbig2 = new byte[11 + 19 + 11 + 26];
    region.get(0, jbig2);
    assertTooLarge(
        withImage(jbig2, COSName.JBIG2_DECODE, 1, 10),
        "A JBIG2 image has regions of 3600000000 pixels, more than the limit of 50000000");
  }

  @Test
  void aJpegImageOfManyScansIsTooLarge() throws IOException {
    byte[] jpeg = withScans(600);
    List<Outcome<GreyImage>> pages = decode(jpeg, ScanLimits.DEFAULT);
    String detail = "The JPEG image of 256 pixels is stored in 600 scans, too many";
    assertThat(rejection(pages.get(0))).isEqualTo(new Rejection(Reason.TOO_LARGE, detail));
    assertTooLarge(withImage(jpeg, COSName.DCT_DECODE, 8, 16), detail);
    assertThat(rejection(decode(withScans(300), new ScanLimits(1 << 20, 4000, 1)).get(0)).reason())
        .as("each goes over all of it")
        .isEqualTo(Reason.TOO_LARGE);
  }

  /** The scan of an image, again and again. */
  private static byte[] withScans(int scans) throws IOException {
    byte[] jpeg = Encoding.image("jpeg", new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY));
    int scan = 0;
    while ((jpeg[scan] & 0xff) != 0xff || (jpeg[scan + 1] & 0xff) != 0xda) {
      scan++;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, scan);
    for (int i = 0; i < scans; i++) {
      out.write(jpeg, scan, jpeg.length - 2 - scan);
    }
    out.write(jpeg, jpeg.length - 2, 2);
    return out.toByteArray();
  }

  /** Two pages: the first is an image, the second is empty. */
  private static byte[] withImage(byte[] packed, COSName filter, int bits, int side)
      throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(new PDRectangle(40, 40));
      document.addPage(page);
      PDImageXObject image =
          new PDImageXObject(
              document,
              new ByteArrayInputStream(packed),
              filter,
              side,
              side,
              bits,
              PDDeviceGray.INSTANCE);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawImage(image, 0, 0, 40, 40);
      }
      document.addPage(new PDPage(new PDRectangle(10, 10)));
      return Encoding.bytes(document);
    }
  }

  private static COSDictionary shading(int type) {
    COSDictionary shading = new COSDictionary();
    shading.setInt(COSName.SHADING_TYPE, type);
    shading.setItem(COSName.COLORSPACE, COSName.DEVICEGRAY);
    if (type == 2 || type == 3) {
      shading.setItem(
          COSName.COORDS, type == 2 ? numbers(0, 0, 40, 40) : numbers(9, 9, 1, 9, 9, 30));
    }
    shading.setInt(COSName.BITS_PER_COORDINATE, 8);
    shading.setInt(COSName.BITS_PER_COMPONENT, 8);
    shading.setInt(COSName.BITS_PER_FLAG, 8);
    shading.setInt(COSName.VERTICES_PER_ROW, 2);
    shading.setItem(COSName.DECODE, numbers(-1e9f, 1e9f, -1e9f, 1e9f, 0, 1));
    return shading;
  }

  private static COSStream calculator(int inputs, String program) throws IOException {
    COSDictionary function = new COSDictionary();
    function.setInt(COSName.FUNCTION_TYPE, 4);
    function.setItem(COSName.DOMAIN, inputs == 2 ? numbers(0, 40, 0, 40) : numbers(0, 1));
    function.setItem(COSName.RANGE, numbers(0, 1));
    return stream(function, program.getBytes(US_ASCII));
  }

  private static COSStream stream(COSDictionary dictionary, byte[] content) throws IOException {
    COSStream stream = new COSStream();
    dictionary.forEach(stream::setItem);
    try (OutputStream out = stream.createOutputStream()) {
      out.write(content);
    }
    return stream;
  }

  private static COSArray numbers(float... values) {
    COSArray array = new COSArray();
    for (float value : values) {
      array.add(value == (int) value ? COSInteger.get((int) value) : new COSFloat(value));
    }
    return array;
  }

  /** Two pages: the first is filled with a shading, the second is empty. */
  private static byte[] document(COSBase shading, boolean asPattern) throws IOException {
    COSDictionary pattern = new COSDictionary();
    pattern.setInt(COSName.PATTERN_TYPE, 2);
    pattern.setItem(COSName.SHADING, shading);
    COSDictionary named = new COSDictionary();
    named.setItem(COSName.getPDFName("S"), asPattern ? pattern : shading);
    COSDictionary resources = new COSDictionary();
    resources.setItem(asPattern ? COSName.PATTERN : COSName.SHADING, named);
    return document(resources, asPattern ? "/Pattern cs /S scn 0 0 40 40 re f" : "/S sh");
  }

  /** Two pages: the first has commands, and a soft mask M; the second is empty. */
  private static byte[] document(COSDictionary resources, String commands) throws IOException {
    COSDictionary group = new COSDictionary();
    group.setItem(COSName.S, COSName.TRANSPARENCY);
    group.setItem(COSName.CS, COSName.DEVICEGRAY);
    COSDictionary form = new COSDictionary();
    form.setItem(COSName.TYPE, COSName.XOBJECT);
    form.setItem(COSName.SUBTYPE, COSName.FORM);
    form.setItem(COSName.BBOX, numbers(0, 0, 40, 40));
    form.setItem(COSName.GROUP, group);
    COSDictionary mask = new COSDictionary();
    mask.setItem(COSName.S, COSName.LUMINOSITY);
    mask.setItem(COSName.G, stream(form, "1 g 0 0 40 40 re f".getBytes(US_ASCII)));
    COSDictionary state = new COSDictionary();
    state.setItem(COSName.SMASK, mask);
    COSDictionary states = new COSDictionary();
    states.setItem(COSName.getPDFName("M"), state);
    resources.setItem(COSName.EXT_G_STATE, states);
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(new PDRectangle(40, 40));
      page.getCOSObject().setItem(COSName.RESOURCES, resources);
      page.setContents(
          new PDStream(document, new ByteArrayInputStream(commands.getBytes(US_ASCII))));
      document.addPage(page);
      document.addPage(new PDPage(new PDRectangle(10, 10)));
      return Encoding.bytes(document);
    }
  }

  private static void assertTooLarge(byte[] document, String detail) {
    assertTooLarge(document, ScanLimits.DEFAULT, detail);
  }

  private static void assertTooLarge(byte[] document, ScanLimits limits, String detail) {
    List<Outcome<GreyImage>> pages = decode(document, limits);
    assertThat(pages).hasSize(2);
    assertThat(rejection(pages.get(0))).isEqualTo(new Rejection(Reason.TOO_LARGE, detail));
    assertThat(pages.get(1)).as("its neighbour").isInstanceOf(Outcome.Ok.class);
  }

  private static Rejection rejection(Outcome<GreyImage> page) {
    return page instanceof Outcome.Rejected<GreyImage> rejected
        ? rejected.rejection()
        : new Rejection(Reason.EMPTY, "not rejected");
  }

  private static List<Outcome<GreyImage>> decode(byte[] document, ScanLimits limits) {
    List<Outcome<GreyImage>> outcomes = new ArrayList<>();
    try (ScanPages pages = new ScanDecoder(limits).decode(document)) {
      pages.forEachRemaining(outcomes::add);
    }
    return outcomes;
  }
}
