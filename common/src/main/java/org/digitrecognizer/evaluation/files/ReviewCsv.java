// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.digitrecognizer.digit.Reading;

/**
 * Writes review.csv, the list of digits for a person to check: RFC 4180, a header, then a line a
 * digit, whose last field is empty for the person to fill in.
 *
 * <p>A name that a spreadsheet would run as a formula gets an apostrophe before it, which makes it
 * text there. A {@code source} that is a URI never does, so it is what to find a digit by.
 */
public final class ReviewCsv implements Closeable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "source",
              "archive",
              "ordinal",
              "entry",
              "page",
              "digit",
              "confidence",
              "second",
              "secondConfidence",
              "id",
              "corrected")
          .get();

  /** What a spreadsheet takes for the beginning of a formula. */
  private static final String FORMULA = "=+-@\t\r";

  /** Those that begin in ASCII, but for the tab and line ends that a CSV file may hold. */
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f&&[^\\t\\r\\n]]");

  private final CSVPrinter rows;

  /**
   * Writes the header.
   *
   * @param writer should write UTF-8; closed with this
   */
  public ReviewCsv(Writer writer) throws IOException {
    rows = new CSVPrinter(writer, FORMAT);
  }

  /**
   * Writes a line.
   *
   * @param source where the digit is from
   * @param archive the archive or file it is in
   * @param ordinal the entry's place in the archive, counted from 0
   * @param entry the entry's name; null for a file that is no archive
   * @param page of the entry, counted from 0
   * @param id names the digit for whoever takes the list back, whatever a spreadsheet makes of it
   */
  public void write(
      String source,
      String archive,
      long ordinal,
      String entry,
      int page,
      Reading reading,
      String id)
      throws IOException {
    rows.printRecord(
        text(source),
        text(archive),
        ordinal,
        text(entry),
        page,
        reading.digit(),
        share(reading.probabilities()[reading.digit()]),
        reading.second(),
        share(reading.probabilities()[reading.second()]),
        id,
        null);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  /** Returns a name as it is safe in a spreadsheet and on a terminal. */
  static String text(String name) {
    boolean formula = name != null && !name.isEmpty() && FORMULA.indexOf(name.charAt(0)) >= 0;
    return formula ? "'" + visible(name) : visible(name);
  }

  /** A terminal obeys control characters; here each is the sign that stands for it. */
  private static String visible(String name) {
    return name == null
        ? null
        : CONTROL
            .matcher(name)
            .replaceAll(c -> String.valueOf((char) (0x2400 + c.group().charAt(0))));
  }

  /** Neither digits that a float does not have, nor an exponent. */
  private static String share(float probability) {
    return new BigDecimal(Float.toString(probability)).stripTrailingZeros().toPlainString();
  }
}
