// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UnreadableFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.reading.labels.LabelText;

/**
 * Reads what people have filled in: the desk's own files, and review.csv or rejected.csv with their
 * last column filled in, also after a spreadsheet has saved them its own way. A line that makes no
 * sense is left out and said; the rest counts.
 */
public final class CorrectionsFile {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setIgnoreEmptyLines(false)
          .setIgnoreSurroundingSpaces(true)
          .setTrim(true)
          .get();

  private static final List<String> KEYS = List.of("id", "source");
  private static final List<String> VALUES = List.of("value", "corrected", "label");

  /** What a spreadsheet takes for the beginning of a formula; lists put an apostrophe before it. */
  private static final String FORMULA = "=+-@\t\r";

  private final Path file;
  private final String person;
  private final boolean numbers;
  private final List<Line> lines = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private List<String> header;

  private CorrectionsFile(Path file, String person, boolean numbers) {
    this.file = file;
    this.person = person;
    this.numbers = numbers;
  }

  /**
   * A line with an answer.
   *
   * @param number of the line, from 1
   * @param id of the image, as {@link SourceHash#id}
   * @param written what stands there for the value
   * @param seconds that it took; null where that is not known
   */
  public record Line(long number, String id, Answer answer, String written, Double seconds) {}

  /**
   * A file.
   *
   * @param lines with an answer; those without are passed over
   * @param refused what is said of lines that make no sense
   */
  public record Content(List<Line> lines, List<String> refused) {}

  /**
   * Reads a file.
   *
   * @param person who has answered, where a line does not say
   * @param numbers whether answers are whole numbers, and not digits
   * @throws UserException if it is not there, or has not the columns that are needed
   */
  public static Content read(Path file, Configuration configuration, String person, boolean numbers)
      throws IOException {
    return new CorrectionsFile(file, person, numbers).read(configuration);
  }

  private Content read(Configuration configuration) throws IOException {
    try (LabelText text = LabelText.open(file, configuration);
        CSVParser parser =
            CSVParser.builder()
                .setReader(text.reader())
                .setFormat(FORMAT.builder().setDelimiter(text.delimiter()).get())
                .get()) {
      read(parser, text.linesBefore());
    } catch (FileNotFoundException e) {
      UnreadableFile.refuse(file.getFileSystem(configuration), file, e);
      throw new UserException(file + " does not exist; --corrections needs CSV files", e);
    }
    if (header == null) {
      throw new UserException(file + " is empty; save it at the desk again");
    }
    return new Content(lines, refused);
  }

  private void read(CSVParser parser, long linesBefore) {
    Iterator<CSVRecord> records = parser.iterator();
    long number = linesBefore + 1;
    try {
      while (records.hasNext()) {
        CSVRecord record = records.next();
        if (record.stream().anyMatch(field -> !field.isEmpty())) {
          read(record, number);
        }
        number = linesBefore + parser.getCurrentLineNumber() + 1;
      }
    } catch (UncheckedIOException | IllegalStateException e) {
      refused.add(said(number, "from here on it is no CSV (" + e.getMessage() + ")"));
    }
  }

  private void read(CSVRecord record, long number) {
    if (header == null) {
      header = record.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
      require(KEYS);
      require(VALUES);
      return;
    }
    String written = field(record, VALUES);
    if (written.isEmpty() && record.size() >= named()) {
      return;
    }
    Optional<String> value = Answer.parsed(written, numbers);
    String id = id(record);
    if (record.size() < named()) {
      refused.add(said(number, "it is cut off"));
    } else if (id.isEmpty()) {
      refused.add(said(number, "it does not say of which image it is"));
    } else if (value.isEmpty()) {
      refused.add(
          said(
              number,
              String.format(
                  "'%s' is no %s, nor 'none' (no digit) or 'unreadable'",
                  written, numbers ? "number of up to 30 digits" : "digit from 0 to 9")));
    } else {
      lines.add(new Line(number, id, answer(record, value.get()), written, seconds(record)));
    }
  }

  private void require(List<String> names) {
    if (names.stream().noneMatch(header::contains)) {
      throw new UserException(
          String.format(
              "%s has the columns %s, and none called %s; take a file that the desk has saved, or"
                  + " review.csv",
              file, header, String.join(" or ", names)));
    }
  }

  /** Returns how many columns have a name; a spreadsheet may add empty ones. */
  private int named() {
    int count = header.size();
    while (header.get(count - 1).isEmpty()) {
      count--;
    }
    return count;
  }

  private Answer answer(CSVRecord record, String value) {
    String who = plain(field(record, List.of("who")));
    String when = field(record, List.of("when"));
    String blind = field(record, List.of("blind"));
    return new Answer(
        value,
        who.isEmpty() ? person : who,
        when.isEmpty() ? null : when,
        blind.equals("1") || blind.equalsIgnoreCase("true"));
  }

  private Double seconds(CSVRecord record) {
    try {
      return Double.valueOf(field(record, List.of("seconds")).replace(',', '.'));
    } catch (NumberFormatException e) {
      // Nothing hangs on it.
      return null;
    }
  }

  private String id(CSVRecord record) {
    String id = field(record, List.of("id"));
    String source = plain(field(record, List.of("source")));
    return id.isEmpty() && !source.isEmpty() ? SourceHash.id(source) : id;
  }

  private static String plain(String text) {
    boolean guarded =
        text.length() > 1 && text.charAt(0) == '\'' && FORMULA.indexOf(text.charAt(1)) >= 0;
    return guarded ? text.substring(1) : text;
  }

  /** Returns the field of the first column there is of some names; "" where there is none. */
  private String field(CSVRecord record, List<String> names) {
    return names.stream()
        .map(header::indexOf)
        .filter(index -> index >= 0)
        .findFirst()
        .filter(index -> index < record.size())
        .map(record::get)
        .orElse("");
  }

  private String said(long line, String what) {
    return String.format("%s, line %d: %s", file, line, what);
  }
}
