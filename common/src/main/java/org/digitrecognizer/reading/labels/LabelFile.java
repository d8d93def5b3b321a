// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading.labels;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UnreadableFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.number.rule.Automaton;

/**
 * Reads a CSV file of true digits, with a column label and a column source or entry, or of true
 * numbers, with a column number and a column source or sheet, and perhaps field. Commas, semicolons
 * or tabs stand between the columns, and it is in UTF-8, or in UTF-16 with its mark, as
 * spreadsheets write it.
 */
public final class LabelFile {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setIgnoreEmptyLines(false)
          .setIgnoreSurroundingSpaces(true)
          .setTrim(true)
          .get();

  /** A spreadsheet program may have made a number of it. */
  private static final Pattern LABEL = Pattern.compile("([0-9])(\\.0*)?");

  private static final Pattern NUMBER = Pattern.compile("([0-9]{1," + Automaton.MOST_DIGITS + "})");

  private static final String NOT_UTF_8 = "\uFFFD";

  private final Path file;
  private final Configuration configuration;
  private final boolean numbers;
  private LabelColumns columns;

  private LabelFile(Path file, Configuration configuration, boolean numbers) {
    this.numbers = numbers;
    this.file = file;
    this.configuration = configuration;
  }

  /** A label, and the number of the line that it stands in. */
  private record Line(String label, long number) {}

  /**
   * Reads a file of true digits.
   *
   * @throws UserException if it is not there, or a line of it is none
   */
  public static LabelTable read(Path file, Configuration configuration) throws IOException {
    return new LabelFile(file, configuration, false).read();
  }

  /**
   * Reads a file of true numbers, leading zeros kept.
   *
   * @throws UserException if it is not there, or a line of it is none
   */
  public static LabelTable readNumbers(Path file, Configuration configuration) throws IOException {
    return new LabelFile(file, configuration, true).read();
  }

  /**
   * Reads a file of true numbers of a form with several fields.
   *
   * @throws UserException if it is not there, a line of it is none, or it does not say of which
   *     field a number is
   */
  public static LabelTable readFields(Path file, Configuration configuration) throws IOException {
    LabelFile labels = new LabelFile(file, configuration, true);
    LabelTable table = labels.read();
    if (!labels.columns.bySource() && labels.columns.field() < 0) {
      throw labels.wrong(1, "it has no column field, and the form has several fields");
    }
    return table;
  }

  private LabelTable read() throws IOException {
    SortedMap<Long, Line> lines;
    try (LabelText text = LabelText.open(file, configuration);
        CSVParser parser =
            CSVParser.builder()
                .setReader(text.reader())
                .setFormat(FORMAT.builder().setDelimiter(text.delimiter()).get())
                .get()) {
      lines = lines(parser, text.linesBefore());
    } catch (FileNotFoundException e) {
      UnreadableFile.refuse(file.getFileSystem(configuration), file, e);
      throw new UserException(file + " does not exist; --labels needs a CSV file", e);
    }
    if (columns == null) {
      throw wrong(1, "it has no columns, not label and source or entry");
    }
    return table(lines);
  }

  /** Returns the labels by the hashes of their names. */
  private SortedMap<Long, Line> lines(CSVParser parser, long linesBefore) throws IOException {
    SortedMap<Long, Line> lines = new TreeMap<>();
    Iterator<CSVRecord> records = parser.iterator();
    long number = linesBefore + 1;
    try {
      while (records.hasNext()) {
        CSVRecord record = records.next();
        boolean isBlank = record.stream().allMatch(String::isEmpty);
        if (!isBlank && columns == null) {
          columns = columns(record, number);
        } else if (!isBlank) {
          add(record, number, lines);
        }
        number = linesBefore + parser.getCurrentLineNumber() + 1;
      }
    } catch (UncheckedIOException | IllegalStateException e) {
      throw wrong(number, "it is no CSV (" + e.getMessage() + ")");
    }
    return lines;
  }

  private LabelColumns columns(CSVRecord header, long number) {
    try {
      return LabelColumns.of(header.toList(), numbers);
    } catch (IllegalArgumentException e) {
      throw wrong(number, e.getMessage());
    }
  }

  private void add(CSVRecord record, long number, SortedMap<Long, Line> lines) {
    // A comma at the end of a line says nothing.
    boolean isLonger = record.stream().skip(columns.count()).anyMatch(field -> !field.isEmpty());
    if (record.size() < columns.count() || isLonger) {
      throw wrong(
          number, "it has " + record.size() + " fields, and the header has " + columns.count());
    }
    String label = record.get(columns.label());
    Matcher matcher = (numbers ? NUMBER : LABEL).matcher(label);
    if (!matcher.matches()) {
      String what = numbers ? "a number of up to 30 digits" : "a digit from 0 to 9";
      throw wrong(number, "its label is '" + label + "', not " + what);
    }
    String name = record.get(columns.name());
    if (columns.field() >= 0) {
      name = LabelTable.keyed(name, record.get(columns.field()));
    }
    if (name.contains(NOT_UTF_8)) {
      throw wrong(
          number, "'" + name + "' has letters that are not in UTF-8; save the file as CSV UTF-8");
    }
    Line line = new Line(matcher.group(1), number);
    long hash = LabelTable.hash(columns.bySource() ? qualified(name, number) : name);
    Line before = lines.putIfAbsent(hash, line);
    if (before != null && !before.label.equals(line.label)) {
      throw wrong(number, "its label is another than in line " + before.number);
    }
  }

  private String qualified(String source, long number) {
    int end = source.indexOf("!/");
    String rest = end < 0 ? "" : source.substring(end);
    try {
      Path archive = new Path(end < 0 ? source : source.substring(0, end));
      return archive.getFileSystem(configuration).makeQualified(archive) + rest;
    } catch (IOException | IllegalArgumentException e) {
      throw wrong(
          number,
          "its source '%s' is not the address of a file (%s)".formatted(source, e.getMessage()));
    }
  }

  private LabelTable table(SortedMap<Long, Line> lines) {
    String[] labels = new String[lines.size()];
    int i = 0;
    for (Line line : lines.values()) {
      labels[i++] = line.label;
    }
    long[] hashes = lines.keySet().stream().mapToLong(Long::longValue).toArray();
    return new LabelTable(columns.bySource(), columns.field() >= 0, hashes, labels);
  }

  private UserException wrong(long line, String what) {
    return new UserException(
        String.format("%s, line %d: %s; mend it and run again", file, line, what));
  }
}
