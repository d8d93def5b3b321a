// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sheets whose numbers are cells, one image each, and what came of them. */
final class Slips {

  private Slips() {}

  /** Writes a form of cells, and returns its address. */
  static String form(Path directory, String fields) throws IOException {
    return Files.writeString(
            directory.resolve("form.yaml"),
            """
            form: slip
            image: cells
            group: '(?<sheet>[^/]+)/(?<field>\\w+)_(?<position>\\d+)\\.png$'
            fields: {%s}
            """
                .formatted(fields))
        .toString();
  }

  /** Draws a number of an account from position 0 on, each digit of MNIST's from a place on. */
  static Map<String, byte[]> account(String sheet, int digit) throws IOException {
    Map<String, byte[]> cells = new LinkedHashMap<>();
    for (int position = 0; position < 3; position++) {
      cells.put(sheet + "/account_" + position + ".png", Scans.png(digit + position));
    }
    return cells;
  }

  static Map<String, byte[]> slip(String sheet, int digit) throws IOException {
    Map<String, byte[]> cells = account(sheet, digit);
    cells.put(sheet + "/day_0.png", Scans.png(digit + 3));
    return cells;
  }

  /** Puts each cell down as a file of its own. */
  static void putLoose(Night night, String folder, Map<String, byte[]> cells) throws IOException {
    for (Map.Entry<String, byte[]> cell : cells.entrySet()) {
      night.put(folder + cell.getKey(), cell.getValue());
    }
  }

  /** Returns a line for each number: its sheet, field and status. */
  static List<String> statuses(Night night) {
    return night.numbers().stream()
        .map(
            row ->
                String.join(
                    " ", row.getAs("sheet"), row.<String>getAs("field"), row.getAs("status")))
        .toList();
  }
}
