// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.evaluation.ConfusionMatrix;

/**
 * Writes confusion.csv: a header, then for each true digit a row with the counts of what was read.
 */
public final class ConfusionCsv {

  private ConfusionCsv() {}

  /**
   * Writes the matrix.
   *
   * @param output UTF-8, lines end with a line feed; stays open
   */
  public static void write(ConfusionMatrix confusion, OutputStream output) throws IOException {
    String header = line("rows: true / columns: read", read -> read);
    String rows =
        IntStream.range(0, DigitImage.CLASSES)
            .mapToObj(truth -> line("" + truth, read -> confusion.count(truth, read)))
            .collect(Collectors.joining());
    output.write((header + rows).getBytes(StandardCharsets.UTF_8));
  }

  private static String line(String head, IntToLongFunction cell) {
    return IntStream.range(0, DigitImage.CLASSES)
        .mapToObj(read -> Long.toString(cell.applyAsLong(read)))
        .collect(Collectors.joining(",", head + ",", "\n"));
  }
}
