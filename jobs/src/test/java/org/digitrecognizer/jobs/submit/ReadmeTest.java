// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;

/** What the README lists, beside what the code has. */
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");

  @Test
  void everyReasonOfARejectionIsInItsTable() throws IOException {
    List<String> expected =
        Arrays.stream(Reason.values())
            .map(reason -> "| `" + reason + "` | " + reason.meaning() + " |")
            .toList();
    String table = Files.readString(README).split("\\| Reason \\| Meaning \\|\n", -1)[1];
    assertThat(table.lines().skip(1).takeWhile(line -> line.startsWith("|")).toList())
        .isEqualTo(expected);
  }

  @Test
  void everyPictureIsThere() throws IOException {
    assertThat(Files.readString(README).lines().filter(line -> line.startsWith("!["))).isNotEmpty();
    for (String line : Files.readAllLines(README)) {
      if (line.startsWith("![")) {
        String file = line.substring(line.indexOf("](") + 2, line.lastIndexOf(')'));
        assertThat(README.resolveSibling(file)).isRegularFile();
      }
    }
  }
}
