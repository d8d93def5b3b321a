package org.digitrecognizer.scan;

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

/** A stream of a document that unpacks no further than the document's budget. */
final class PdfStream extends COSStream {

  private final PdfBudget budget;

  /**
   * @param parsed the stream as PDFBox parsed it
   * @param packed its bytes in the file
   */
  PdfStream(COSStream parsed, RandomAccessReadView packed, PdfBudget budget) throws IOException {
    super(null, packed);
    this.budget = budget;
    parsed.forEach(this::setItem);
    setKey(parsed.getKey());
  }

  @Override
  public COSInputStream createInputStream(DecodeOptions options) throws IOException {
    List<COSName> filters = filters();
    return filters.isEmpty()
        ? super.createInputStream(options)
        : budget.unpack(this::createRawInputStream, filters, this, options).createInputStream();
  }

  @Override
  public RandomAccessRead createView() throws IOException {
    List<COSName> filters = filters();
    return filters.isEmpty()
        ? super.createView()
        : budget
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
