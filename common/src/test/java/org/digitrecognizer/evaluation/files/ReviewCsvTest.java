// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.digitrecognizer.digit.Reading;
import org.junit.jupiter.api.Test;

class ReviewCsvTest {

  private static final String HEADER =
      "source,archive,ordinal,entry,page,digit,confidence,second,secondConfidence,id,corrected\r\n";

  @Test
  void linesAreAsRfc4180HasThem() throws IOException {
    assertThat(written("file:/a b.zip!/x, \"y\"\n.png", "file:/a b.zip", "x, \"y\"\n.png"))
        .isEqualTo(
            HEADER
                + "\"file:/a b.zip!/x, \"\"y\"\"\n.png\",file:/a b.zip,4294967296,"
                + "\"x, \"\"y\"\"\n.png\",2,3,0.6,8,0.00001,i7f,\r\n");
    assertThat(written("file:/7.png", "file:/7.png", null))
        .isEqualTo(HEADER + "file:/7.png,file:/7.png,4294967296,,2,3,0.6,8,0.00001,i7f,\r\n");
  }

  @Test
  void namesAreNoFormulas() throws IOException {
    for (String entry : new String[] {"=1+1", "+1", "-1", "@x"}) {
      assertThat(written("s", "a", entry)).contains(",'" + entry + ",");
    }
    assertThat(written("s", "a", "1=1")).contains(",1=1,");
  }

  @Test
  void controlCharactersAreSeenAndNotObeyed() throws IOException {
    assertThat(written("s", "a", "\u001b[31m7.png")).contains(",\u241b[31m7.png,");
  }

  @Test
  void closesTheWriter() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    new ReviewCsv(
            new StringWriter() {
              @Override
              public void close() {
                closed.set(true);
              }
            })
        .close();
    assertThat(closed).isTrue();
  }

  private static String written(String source, String archive, String entry) throws IOException {
    StringWriter file = new StringWriter();
    try (ReviewCsv csv = new ReviewCsv(file)) {
      csv.write(
          source,
          archive,
          1L << 32,
          entry,
          2,
          Reading.of(new float[] {0, 0, 0, 0.6f, 0, 0, 0, 0, 0.00001f, 0}),
          "i7f");
    }
    return file.toString();
  }
}
