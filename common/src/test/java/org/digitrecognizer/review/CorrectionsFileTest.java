// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrectionsFileTest {

  private static final String DESK =
      String.join(
          "\r\n",
          "id,value,who,when,seconds,blind,how",
          "i7f,3,Ann,2026-01-02T03:04:05.678Z,1.5,1,key",
          "i80,none,Ann,2026-01-02T03:04:06.678Z,0.7,0,carpet",
          "");

  @TempDir private Path directory;

  private CorrectionsFile.Content read(String text) throws IOException {
    return read(text, StandardCharsets.UTF_8);
  }

  private CorrectionsFile.Content read(String text, Charset charset) throws IOException {
    Path file = Files.write(directory.resolve("c.csv"), text.getBytes(charset));
    return CorrectionsFile.read(
        new org.apache.hadoop.fs.Path(file.toUri()), new Configuration(), "Bob", false);
  }

  private static Answer ann(String value, String when, boolean blind) {
    return new Answer(value, "Ann", when, blind);
  }

  @Test
  void theDeskSaysWhoAndWhen() throws IOException {
    CorrectionsFile.Content content = read("\ufeff" + DESK);
    assertThat(content.refused()).isEmpty();
    assertThat(content.lines())
        .containsExactly(
            new CorrectionsFile.Line(
                2, "i7f", ann("3", "2026-01-02T03:04:05.678Z", true), "3", 1.5),
            new CorrectionsFile.Line(
                3, "i80", ann("none", "2026-01-02T03:04:06.678Z", false), "none", 0.7));
  }

  /** Semicolons, a mark of the encoding, decimal commas, empty columns and lines at the end. */
  @Test
  void aSpreadsheetMaySaveItItsOwnWay() throws IOException {
    CorrectionsFile.Content plain = read(DESK);
    String excel = DESK.replace(',', ';').replace("1.5", "1,5").replace("0.7", "0,7");
    assertThat(read("\ufeff" + excel)).isEqualTo(plain);
    assertThat(read("sep=;\r\n" + excel).lines()).hasSize(2);
    assertThat(read(DESK.replace(',', '\t'))).isEqualTo(plain);
    assertThat(read("\ufeff" + DESK, StandardCharsets.UTF_16LE)).isEqualTo(plain);
    assertThat(read(DESK.replace("\r\n", ",,\r\n") + ",,,,,,,,\r\n\r\n")).isEqualTo(plain);
  }

  @Test
  void listsComeBackAsTheyAre() throws IOException {
    CorrectionsFile.Content content =
        read(
            String.join(
                "\r\n",
                "source,archive,ordinal,entry,page,digit,confidence,second,secondConfidence,id,corrected",
                "file:/a.zip!/x\u241b.png,file:/a.zip,0,'=x.png,0,3,0.5,8,0.4,i7f,8",
                "file:/a.zip!/y.png,file:/a.zip,1,y.png,0,3,0.5,8,0.4,i80,",
                ""));
    assertThat(content.refused()).isEmpty();
    assertThat(content.lines())
        .containsExactly(
            new CorrectionsFile.Line(2, "i7f", new Answer("8", "Bob", null, false), "8", null));
  }

  @Test
  void withoutAnIdTheSourceIsEnough() throws IOException {
    assertThat(read("source,label\nfile:/a.zip!/y.png,4\n").lines())
        .extracting(CorrectionsFile.Line::id)
        .containsExactly(SourceHash.id("file:/a.zip!/y.png"));
  }

  @ParameterizedTest
  @CsvSource({"3.0, 3", "7., 7", "X, none", "no digit, none", "?, unreadable"})
  void aValueMayBeWrittenInSeveralWays(String written, String value) throws IOException {
    assertThat(read("id,value\ni7f," + written + "\n").lines())
        .extracting(line -> line.answer().value())
        .containsExactly(value);
  }

  @Test
  void whatMakesNoSenseIsSaidAndTheRestCounts() throws IOException {
    CorrectionsFile.Content content =
        read("id,value,who\ni1,12,Ann\n,3,Ann\ni2,seven,Ann\ni3,03,Ann\ni4,4,Ann\ni5,5");
    assertThat(content.lines()).extracting(CorrectionsFile.Line::id).containsExactly("i4");
    assertThat(content.refused()).hasSize(5);
    assertThat(content.refused().get(0))
        .endsWith(
            "c.csv, line 2: '12' is no digit from 0 to 9, nor 'none' (no digit) or 'unreadable'");
    assertThat(content.refused().get(1)).contains("line 3: it does not say of which image");
    assertThat(content.refused().get(4)).contains("line 7: it is cut off");
  }

  @Test
  void whatIsBehindAQuoteThatNeverEndsIsSaidToBeLost() throws IOException {
    CorrectionsFile.Content content = read("id,value\ni1,1\n\"i2,2\n");
    assertThat(content.lines()).hasSize(1);
    assertThat(content.refused()).hasSize(1).first().asString().contains("it is no CSV");
  }

  @Test
  void aFileWithoutTheColumnsIsRefused() {
    assertThatThrownBy(() -> read("entry,value\nx.png,3\n"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none called id or source");
    assertThatThrownBy(() -> read("id,digit\ni7f,3\n"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none called value or corrected or label");
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(
            () ->
                CorrectionsFile.read(
                    new org.apache.hadoop.fs.Path("/none.csv"), new Configuration(), "Bob", false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("does not exist");
  }
}
