// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UnreadableFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.number.rule.Automaton;

/** A CSV file of numbers that a form names, read row by row. */
final class NumberTable implements Closeable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setTrim(true)
          .get();

  private static final String NUMBER = "[0-9]{1," + Automaton.MOST_DIGITS + "}";
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Path path;
  private final CSVParser parser;
  private final Iterator<CSVRecord> rows;
  private CSVRecord row;

  private NumberTable(Path path, CSVParser parser) {
    this.path = path;
    this.parser = parser;
    this.rows = parser.iterator();
  }

  /**
   * @param node that names the file
   * @param columns that it must have
   */
  static NumberTable open(FormNode node, Path path, Configuration configuration, String... columns)
      throws IOException {
    FileSystem fs = path.getFileSystem(configuration);
    CSVParser parser;
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(fs.open(path), StandardCharsets.UTF_8));
      in.mark(1);
      if (in.read() != BYTE_ORDER_MARK) {
        in.reset();
      }
      parser = CSVParser.parse(in, FORMAT);
    } catch (FileNotFoundException e) {
      UnreadableFile.refuse(fs, path, e);
      throw node.expected("a CSV file; " + path + " does not exist");
    } catch (IllegalArgumentException e) {
      throw new UserException(path + ", line 1: expected " + header(columns), e);
    }
    NumberTable table = new NumberTable(path, parser);
    if (!parser.getHeaderNames().containsAll(List.of(columns))) {
      parser.close();
      throw new UserException(path + ", line 1: expected " + header(columns));
    }
    return table;
  }

  private static String header(String... columns) {
    return "a header with the column"
        + (columns.length > 1 ? "s " : " ")
        + String.join(" and ", columns);
  }

  /** Goes to the next row, and returns whether there is one. */
  boolean next() {
    try {
      row = rows.hasNext() ? rows.next() : null;
      return row != null;
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new UserException(
          path + ", line " + parser.getCurrentLineNumber() + ": expected CSV", e);
    }
  }

  String cell(String column) {
    if (!row.isSet(column) || row.get(column).isEmpty()) {
      throw expected("a value in the column " + column);
    }
    return row.get(column);
  }

  /**
   * Returns the row's number.
   *
   * @param asWritten makes digits of what stands there, where a point is allowed
   */
  String number(UnaryOperator<String> asWritten) {
    String text = cell("number");
    String number = asWritten.apply(text);
    if (!number.matches(NUMBER)) {
      throw expected("a number of 1 to " + Automaton.MOST_DIGITS + " digits, not " + text);
    }
    return number;
  }

  UserException expected(String what) {
    return error("expected " + what);
  }

  UserException error(String what) {
    return new UserException(path + ", line " + parser.getCurrentLineNumber() + ": " + what);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
