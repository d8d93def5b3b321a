// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading.labels;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The text of a CSV file of people, as one of labels, whatever it is encoded in, and what stands
 * between its columns.
 */
public final class LabelText implements Closeable {

  private static final List<String> DELIMITERS = List.of(",", ";", "\t");

  /** Where Excel writes what stands between the columns, and understands it. */
  private static final String SEPARATOR = "sep=";

  /** No honest header is longer, in characters. */
  private static final int LONGEST_HEADER = 1 << 16;

  private final BufferedReader reader;
  private String delimiter;
  private long linesBefore;

  private LabelText(BufferedReader reader) throws IOException {
    this.reader = reader;
    this.delimiter = delimiter(peekLine());
    String first = peekLine();
    if (first.startsWith(SEPARATOR) && first.length() == SEPARATOR.length() + 1) {
      delimiter = first.substring(SEPARATOR.length());
      reader.readLine();
      linesBefore = 1;
    }
  }

  /**
   * Opens a file.
   *
   * @throws java.io.FileNotFoundException if it is not there
   */
  public static LabelText open(Path file, Configuration configuration) throws IOException {
    InputStream in = new BufferedInputStream(file.getFileSystem(configuration).open(file));
    try {
      return new LabelText(new BufferedReader(new InputStreamReader(in, charset(in))));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Returns what follows the mark of the encoding; closed with this. */
  public Reader reader() {
    return reader;
  }

  /** Returns what stands between the columns. */
  public String delimiter() {
    return delimiter;
  }

  /** Returns how many lines the reader has passed over. */
  public long linesBefore() {
    return linesBefore;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** Reads a mark of the encoding, if there is one. */
  private static Charset charset(InputStream in) throws IOException {
    in.mark(3);
    byte[] mark = in.readNBytes(3);
    in.reset();
    if (startsWith(mark, 0xef, 0xbb, 0xbf)) {
      in.skipNBytes(3);
    } else if (startsWith(mark, 0xff, 0xfe)) {
      in.skipNBytes(2);
      return StandardCharsets.UTF_16LE;
    } else if (startsWith(mark, 0xfe, 0xff)) {
      in.skipNBytes(2);
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the first line that is not blank, or nothing, and goes back to the beginning. */
  private String peekLine() throws IOException {
    reader.mark(LONGEST_HEADER);
    char[] head = new char[LONGEST_HEADER];
    int length = 0;
    int read;
    while (length < head.length && (read = reader.read(head, length, head.length - length)) > 0) {
      length += read;
    }
    reader.reset();
    return new String(head, 0, length)
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("");
  }

  /** Returns what the header has to be split at so that it has a column label. */
  private static String delimiter(String header) {
    return DELIMITERS.stream()
        .filter(delimiter -> isLabelled(header.split(delimiter, -1)))
        .findFirst()
        .orElseGet(() -> mostFrequent(header));
  }

  /** Of a file of something else: what stands most often in its header, a comma if nothing does. */
  private static String mostFrequent(String header) {
    return DELIMITERS.stream()
        .max(Comparator.comparing(delimiter -> header.split(delimiter, -1).length))
        .filter(delimiter -> header.contains(delimiter))
        .orElse(",");
  }

  private static boolean isLabelled(String[] names) {
    for (String name : names) {
      if (name.replace("\"", "").strip().toLowerCase(Locale.ROOT).equals("label")) {
        return names.length > 1;
      }
    }
    return false;
  }
}
