package org.digitrecognizer.reading.labels;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UnreadableFile;
import org.digitrecognizer.failure.UserException;

/** Reads a CSV file of true digits: a column label, and a column source or entry. */
public final class LabelFile {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreHeaderCase(true)
          .setIgnoreSurroundingSpaces(true)
          .setTrim(true)
          .get();
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final Configuration configuration;
  private boolean bySource;

  private LabelFile(Path file, Configuration configuration) {
    this.file = file;
    this.configuration = configuration;
  }

  /** A label as it was read. */
  private record Line(long high, long low, byte label, long number) {}

  /**
   * Reads a file.
   *
   * @throws UserException if it is not there, or a line of it is none
   */
  public static LabelTable read(Path file, Configuration configuration) throws IOException {
    return new LabelFile(file, configuration).read();
  }

  private LabelTable read() throws IOException {
    List<Line> lines;
    try (Reader reader = open();
        CSVParser parser = CSVParser.builder().setReader(reader).setFormat(FORMAT).get()) {
      bySource = hasColumn(parser, "source");
      if (!hasColumn(parser, "label") || !(bySource || hasColumn(parser, "entry"))) {
        throw wrong(
            1, "its columns are " + parser.getHeaderNames() + ", not label and source or entry");
      }
      lines = lines(parser);
    } catch (FileNotFoundException e) {
      UnreadableFile.refuse(file.getFileSystem(configuration), file, e);
      throw new UserException(file + " does not exist; --labels needs a CSV file", e);
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new UserException(file + " is no CSV file: " + e.getMessage(), e);
    }
    return table(lines);
  }

  private Reader open() throws IOException {
    FileSystem fs = file.getFileSystem(configuration);
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(fs.open(file), StandardCharsets.UTF_8));
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK.charAt(0)) {
      reader.reset();
    }
    return reader;
  }

  private static boolean hasColumn(CSVParser parser, String name) {
    return parser.getHeaderMap().containsKey(name);
  }

  private List<Line> lines(CSVParser parser) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (CSVRecord record : parser) {
      long number = parser.getCurrentLineNumber();
      if (!record.isConsistent()) {
        throw wrong(number, "it has " + record.size() + " fields, not as many as the header");
      }
      String label = record.get("label");
      if (!label.matches("[0-9]")) {
        throw wrong(number, "its label is '" + label + "', not a digit from 0 to 9");
      }
      long[] hash = LabelTable.hash(name(record, number));
      lines.add(new Line(hash[0], hash[1], (byte) (label.charAt(0) - '0'), number));
    }
    return lines;
  }

  private String name(CSVRecord record, long number) {
    if (!bySource) {
      return record.get("entry");
    }
    String source = record.get("source");
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

  private LabelTable table(List<Line> lines) {
    lines.sort((a, b) -> LabelTable.compare(a.high, a.low, b.high, b.low));
    List<Line> distinct = new ArrayList<>(lines.size());
    Line last = null;
    for (Line line : lines) {
      if (last == null || LabelTable.compare(last.high, last.low, line.high, line.low) != 0) {
        distinct.add(line);
        last = line;
      } else if (last.label != line.label) {
        throw wrong(
            Math.max(last.number, line.number),
            "its label is another than in line " + Math.min(last.number, line.number));
      }
    }
    byte[] labels = new byte[distinct.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = distinct.get(i).label;
    }
    return new LabelTable(
        bySource,
        distinct.stream().mapToLong(Line::high).toArray(),
        distinct.stream().mapToLong(Line::low).toArray(),
        labels);
  }

  private UserException wrong(long line, String what) {
    return new UserException(
        String.format("%s, line %d: %s; mend it and run again", file, line, what));
  }
}
