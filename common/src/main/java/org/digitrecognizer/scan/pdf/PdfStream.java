// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.pdf;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSInputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.Filter;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;

/** A stream of a document that unpacks no further, and is opened no oftener, than its budget. */
final class PdfStream extends COSStream {

  private final PdfBudget budget;
  private final long length;

  /**
   * @param parsed the stream as PDFBox parsed it
   * @param packed its bytes in the file
   */
  PdfStream(COSStream parsed, RandomAccessReadView packed, PdfBudget budget) throws IOException {
    super(null, packed);
    this.budget = budget;
    this.length = packed.length();
    parsed.forEach(this::setItem);
    setKey(parsed.getKey());
  }

  @Override
  public COSInputStream createInputStream(DecodeOptions options) throws IOException {
    List<COSName> filters = filters();
    if (filters.isEmpty()) {
      budget.countOpened(length);
      return super.createInputStream(options);
    }
    return budget.unpack(this::createRawInputStream, filters, this, options).createInputStream();
  }

  @Override
  public RandomAccessRead createView() throws IOException {
    List<COSName> filters = filters();
    if (filters.isEmpty()) {
      budget.countOpened(length);
      return super.createView();
    }
    return budget
        .unpack(this::createRawInputStream, filters, this, DecodeOptions.DEFAULT)
        .createView();
  }

  /** Returns each filter once, since PDFBox applies none twice. */
  private List<COSName> filters() throws IOException {
    Map<Filter, COSName> filters = new LinkedHashMap<>();
    for (COSName name : PdfBudget.filters(getFilters())) {
      filters.putIfAbsent(FilterFactory.INSTANCE.getFilter(name), name);
    }
    return List.copyOf(filters.values());
  }
}
