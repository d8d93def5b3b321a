// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.evaluation.ConfusionMatrix;

/**
 * The confusion matrix as a heat map: rows = truth, columns = read.
 *
 * @param summary which mistake is the most frequent
 * @param rows ten of ten cells
 */
public record ConfusionView(String summary, List<List<Cell>> rows) {

  /** Shades of a colour, besides none. */
  private static final int SHADES = 8;

  /**
   * One cell.
   *
   * @param count how often it happened
   * @param style the name of its colour: r1 to r8 for right, w1 to w8 for wrong readings, none for
   *     0
   */
  public record Cell(long count, String style) {}

  static Optional<ConfusionView> of(EvaluationReport report) {
    ConfusionMatrix confusion = report.evaluation().confusion();
    if (confusion.total() == 0) {
      return Optional.empty();
    }
    long mostRight = digits().mapToLong(digit -> confusion.count(digit, digit)).max().orElse(0);
    long mostWrong = wrong(confusion).max().orElse(0);
    List<List<Cell>> rows =
        digits()
            .mapToObj(
                truth ->
                    digits()
                        .mapToObj(
                            read ->
                                truth == read
                                    ? cell(confusion.count(truth, read), mostRight, "r")
                                    : cell(confusion.count(truth, read), mostWrong, "w"))
                        .toList())
            .toList();
    return Optional.of(new ConfusionView(summary(confusion, mostWrong), rows));
  }

  private static Cell cell(long count, long most, String color) {
    // The root keeps single mistakes visible beside frequent ones.
    long shade = count == 0 ? 0 : Math.round(Math.ceil(SHADES * Math.sqrt((double) count / most)));
    return new Cell(count, shade == 0 ? "none" : color + shade);
  }

  private static String summary(ConfusionMatrix confusion, long mostWrong) {
    if (mostWrong == 0) {
      return "Every labelled digit was read correctly.";
    }
    Numbers numbers = new Numbers();
    int cell =
        IntStream.range(0, DigitImage.CLASSES * DigitImage.CLASSES)
            .filter(i -> isWrong(i) && at(confusion, i) == mostWrong)
            .findFirst()
            .orElseThrow();
    return String.format(
        "%s of %s wrong. The most frequent mistake: %d read as %d, %s.",
        numbers.count(confusion.errors()),
        numbers.count(confusion.total(), "digit"),
        cell / DigitImage.CLASSES,
        cell % DigitImage.CLASSES,
        mostWrong == 1 ? "once" : numbers.count(mostWrong) + " times");
  }

  private static LongStream wrong(ConfusionMatrix confusion) {
    return IntStream.range(0, DigitImage.CLASSES * DigitImage.CLASSES)
        .filter(ConfusionView::isWrong)
        .mapToLong(i -> at(confusion, i));
  }

  private static boolean isWrong(int cell) {
    return cell / DigitImage.CLASSES != cell % DigitImage.CLASSES;
  }

  private static long at(ConfusionMatrix confusion, int cell) {
    return confusion.count(cell / DigitImage.CLASSES, cell % DigitImage.CLASSES);
  }

  private static IntStream digits() {
    return IntStream.range(0, DigitImage.CLASSES);
  }
}
