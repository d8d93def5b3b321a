// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.pdf;

import java.io.IOException;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.pdfparser.PDFParser;

/**
 * Parses a document whose streams keep to a budget, those that hold the document's own structure
 * among them.
 */
final class PdfLoader extends PDFParser {

  private final PdfBudget budget;
  private RandomAccessReadView latest;

  PdfLoader(byte[] bytes, PdfBudget budget) throws IOException {
    super(new RandomAccessReadBuffer(bytes), "", null, null, IOUtils.createMemoryOnlyStreamCache());
    this.budget = budget;
  }

  /** Called for each stream, and for nothing else. */
  @Override
  public RandomAccessReadView createRandomAccessReadView(long start, long length)
      throws IOException {
    latest = super.createRandomAccessReadView(start, length);
    return latest;
  }

  @Override
  protected COSStream parseCOSStream(COSDictionary dictionary) throws IOException {
    COSStream parsed = super.parseCOSStream(dictionary);
    return new PdfStream(parsed, latest, budget);
  }
}
