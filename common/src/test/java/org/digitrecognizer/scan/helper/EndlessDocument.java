// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.helper;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.digitrecognizer.scan.Encoding;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanPages;

/** A document that PDFBox stands still at; and a program that reads it in another process. */
public final class EndlessDocument {

  private EndlessDocument() {}

  /** Reads all pages, with an hour for each. */
  public static void main(String[] arguments) throws IOException {
    ScanLimits limits = new ScanLimits(1 << 20, 1_000_000, 20, 3600);
    try (ScanPages pages = new ScanDecoder(limits).decode(ofThreePages())) {
      pages.next();
      System.out.println("first page read");
      pages.next();
    }
  }

  /**
   * Returns a document whose second page has a font that gives a million widths again and again.
   */
  public static byte[] ofThreePages() throws IOException {
    try (PDDocument document = new PDDocument()) {
      String letter = "BT /F 10 Tf (7) Tj ET";
      addPage(document, "1 1 5 5 re f");
      COSDictionary resources = addPage(document, letter).getResources().getCOSObject();
      addPage(document, "1 1 5 5 re f");
      COSDictionary fonts = new COSDictionary();
      fonts.setItem("F", font());
      resources.setItem(COSName.FONT, fonts);
      return Encoding.bytes(document);
    }
  }

  private static PDPage addPage(PDDocument document, String commands) throws IOException {
    PDPage page = new PDPage(new PDRectangle(20, 20));
    page.setResources(new PDResources());
    page.setContents(new PDStream(document, new ByteArrayInputStream(commands.getBytes(US_ASCII))));
    document.addPage(page);
    return page;
  }

  private static COSDictionary font() {
    COSArray widths = new COSArray();
    for (int i = 0; i < 20_000; i++) {
      widths.add(COSInteger.ZERO);
      widths.add(COSInteger.get(1_000_000));
      widths.add(COSInteger.ONE);
    }
    COSDictionary glyphs = new COSDictionary();
    glyphs.setItem(COSName.TYPE, COSName.FONT);
    glyphs.setItem(COSName.SUBTYPE, COSName.CID_FONT_TYPE2);
    glyphs.setName(COSName.BASE_FONT, "Any");
    glyphs.setItem(COSName.W, widths);
    COSDictionary system = new COSDictionary();
    system.setString(COSName.REGISTRY, "Adobe");
    system.setString(COSName.ORDERING, "Identity");
    system.setInt(COSName.SUPPLEMENT, 0);
    glyphs.setItem(COSName.CIDSYSTEMINFO, system);
    COSArray descendants = new COSArray();
    descendants.add(glyphs);
    COSDictionary font = new COSDictionary();
    font.setItem(COSName.TYPE, COSName.FONT);
    font.setItem(COSName.SUBTYPE, COSName.TYPE0);
    font.setName(COSName.BASE_FONT, "Any");
    font.setItem(COSName.ENCODING, COSName.IDENTITY_H);
    font.setItem(COSName.DESCENDANT_FONTS, descendants);
    return font;
  }
}
