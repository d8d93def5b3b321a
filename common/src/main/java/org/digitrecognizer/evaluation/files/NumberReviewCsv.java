// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes review.csv where there is a form, the list of numbers for a person to check: RFC 4180, a
 * header, then a line a number, whose last field is empty for the person to fill in. Names are
 * guarded as in {@link ReviewCsv}.
 */
public final class NumberReviewCsv implements Closeable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "source",
              "archive",
              "form",
              "sheet",
              "field",
              "number",
              "confidence",
              "second",
              "secondConfidence",
              "why",
              "id",
              "corrected")
          .get();

  private static final MathContext DIGITS = new MathContext(6);

  private final CSVPrinter rows;

  /**
   * A line.
   *
   * @param source of the image
   * @param archive the archive or file it is in
   * @param form its name
   * @param sheet which copy of the form it is
   * @param field its name
   * @param number what was read; null where that is nothing
   * @param confidence of it, 0..1
   * @param second the second choice; null if there is none
   * @param secondConfidence of it, 0..1
   * @param why it goes to a person
   * @param id names the number for whoever takes the list back, whatever a spreadsheet makes of it
   */
  public record Line(
      String source,
      String archive,
      String form,
      String sheet,
      String field,
      String number,
      double confidence,
      String second,
      double secondConfidence,
      String why,
      String id) {}

  /**
   * Writes the header.
   *
   * @param writer should write UTF-8; closed with this
   */
  public NumberReviewCsv(Writer writer) throws IOException {
    rows = new CSVPrinter(writer, FORMAT);
  }

  /** Writes a line. */
  public void write(Line line) throws IOException {
    rows.printRecord(
        ReviewCsv.text(line.source),
        ReviewCsv.text(line.archive),
        ReviewCsv.text(line.form),
        ReviewCsv.text(line.sheet),
        ReviewCsv.text(line.field),
        line.number,
        share(line.confidence),
        line.second,
        line.second == null ? null : share(line.secondConfidence),
        line.why,
        line.id,
        null);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  /** Without an exponent. */
  private static String share(double probability) {
    return new BigDecimal(probability).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
