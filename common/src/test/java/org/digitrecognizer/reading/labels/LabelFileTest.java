// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.reading.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelFileTest {

  @TempDir private Path directory;

  @Test
  void labelsByEntry() throws IOException {
    LabelTable table = read("entry,label\na.png,7\n\"b, c.png\",0\n");

    assertThat(table.size()).isEqualTo(2);
    assertThat(table.of(place("a.png"))).isEqualTo(OptionalInt.of(7));
    assertThat(table.of(place("b, c.png"))).isEqualTo(OptionalInt.of(0));
    assertThat(table.of(place("c.png"))).isEmpty();
  }

  @Test
  void labelsBySourceWhateverTheSpellingOfItsAddress() throws IOException {
    LabelTable table =
        read("label,source,remark\n3,file:///scans/night.zip!/a.png,x\n4,/scans/b.png,y\n");

    assertThat(table.of(new Place("file:/scans/night.zip", 0, "a.png", false, 0, 1))).hasValue(3);
    assertThat(table.of(new Place("file:/scans/b.png", 0, "b.png", true, 0, 1))).hasValue(4);
    assertThat(table.of(new Place("file:/other/night.zip", 0, "a.png", false, 0, 1))).isEmpty();
  }

  @Test
  void passesOverAByteOrderMarkAndCapitals() throws IOException {
    LabelTable table = read("\uFEFFEntry,LABEL\r\na.png,1\r\n");

    assertThat(table.of(place("a.png"))).hasValue(1);
  }

  @Test
  void findsEachOfManyLabels() throws IOException {
    StringBuilder csv = new StringBuilder("entry,label\n");
    for (int i = 0; i < 5000; i++) {
      csv.append(i).append(".png,").append(i % 10).append('\n');
    }
    LabelTable table = read(csv.toString());

    for (int i = 0; i < 5000; i++) {
      assertThat(table.of(place(i + ".png"))).hasValue(i % 10);
    }
  }

  @Test
  void theSameLabelTwiceIsOne() throws IOException {
    assertThat(read("entry,label\na,1\na,1\n").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name,label|line 1: its columns are [name, label], not label and source or entry",
        "entry,digit|line 1: its columns are [entry, digit], not label and source or entry",
        "entry,label;a,10|line 2: its label is '10', not a digit from 0 to 9",
        "entry,label;a,1;b,|line 3: its label is '', not a digit from 0 to 9",
        "entry,label;a|line 2: it has 1 fields, and the header has 2",
        "entry,label;a,1;b,2;a,3|line 4: its label is another than in line 2",
        "entry,label;a,1;b,2,x|line 3: it has 3 fields, and the header has 2",
        "entry,label,label;a,1,1|line 1: it has a column label twice",
        "entry,label;;;a,03|line 4: its label is '03', not a digit from 0 to 9",
        "entry,label;a,3.5|line 2: its label is '3.5', not a digit from 0 to 9",
        "source,label;/a.png,1;,2|line 3: its source '' is not the address of a file (Can not"
            + " create a Path from an empty string)",
        "source,label;none:/a.png,1|line 2: its source 'none:/a.png' is not the address of a file"
            + " (No FileSystem for scheme \"none\")"
      })
  void saysWhichLineIsWrong(String csv, String message) {
    assertThatThrownBy(() -> read(csv.replace(';', '\n') + "\n"))
        .isInstanceOf(UserException.class)
        .hasMessage(hadoop("labels.csv") + ", " + message + "; mend it and run again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blank_lines",
        "nfd",
        "pandas_float",
        "pandas_index",
        "semicolon_excel",
        "tab",
        "trailing_comma",
        "utf16_excel"
      })
  void readsWhatSpreadsheetsAndPeopleWrite(String name) throws IOException {
    String entry = name.equals("nfd") ? "Pr\u00fcf/3_1.png" : "d/3_1.png";

    LabelTable table = LabelFile.read(resource(name), new Configuration());

    assertThat(table.size()).isEqualTo(1);
    assertThat(table.of(place(entry))).hasValue(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dup_header|line 1: it has a column label twice",
        "latin1|line 2: 'Pr\uFFFDf/3_1.png' has letters that are not in UTF-8; save the file as CSV"
            + " UTF-8",
        "zero_padded|line 2: its label is '03', not a digit from 0 to 9"
      })
  void saysWhatIsWrongWithTheRest(String name, String message) {
    assertThatThrownBy(() -> LabelFile.read(resource(name), new Configuration()))
        .isInstanceOf(UserException.class)
        .hasMessage(resource(name) + ", " + message + "; mend it and run again");
  }

  @Test
  void believesExcelsSeparatorAndCountsItsLine() throws IOException {
    assertThat(read("sep=|\nentry|label\na.png|1\n").of(place("a.png"))).hasValue(1);
    assertThatThrownBy(() -> read("sep=;\nentry;label\na.png;x"))
        .hasMessageContaining("line 3: its label is 'x'");
  }

  @Test
  void linesCountAsAnEditorCountsThem() {
    assertThatThrownBy(() -> read("entry,label\r\n\r\n\"a\r\nb\",1\r\nc,x"))
        .hasMessageContaining("line 5: its label is 'x'");
    assertThatThrownBy(() -> read("entry,label\na,1\n\"b,2\n"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("labels.csv, line 3: it is no CSV (");
    assertThatThrownBy(() -> read("\n \n"))
        .hasMessageContaining("line 1: it has no columns, not label and source or entry");
  }

  @Test
  void aFileThatIsNotThere() {
    assertThatThrownBy(() -> LabelFile.read(hadoop("none.csv"), new Configuration()))
        .isInstanceOf(UserException.class)
        .hasMessage(hadoop("none.csv") + " does not exist; --labels needs a CSV file");
  }

  private LabelTable read(String csv) throws IOException {
    Files.writeString(directory.resolve("labels.csv"), csv);
    return LabelFile.read(hadoop("labels.csv"), new Configuration());
  }

  private org.apache.hadoop.fs.Path hadoop(String name) {
    return new org.apache.hadoop.fs.Path(directory.resolve(name).toUri());
  }

  private static org.apache.hadoop.fs.Path resource(String name) {
    return new org.apache.hadoop.fs.Path(LabelFileTest.class.getResource(name + ".csv").toString());
  }

  private static Place place(String entry) {
    return new Place("file:/night.zip", 0, entry, false, 0, 1);
  }
}
