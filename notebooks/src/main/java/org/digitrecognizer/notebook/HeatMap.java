// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.stream.IntStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.evaluation.ConfusionMatrix;

/** A confusion matrix as a picture: rows are the truth, columns what was read. */
public final class HeatMap {

  private static final int CELL = 44;
  private static final int MARGIN = 52;
  private static final int SIDE = MARGIN + DigitImage.CLASSES * CELL + 12;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Color TEXT = new Color(0x4a5560);
  private static final Color RIGHT = new Color(0xdce8f4);
  private static final Color WRONG = new Color(0xc8572a);

  private HeatMap() {}

  /** Returns the matrix; a cell off the diagonal is the stronger, the more digits are in it. */
  public static Figure of(ConfusionMatrix confusion) {
    return Figure.draw(SIDE, SIDE, graphics -> draw(confusion, graphics));
  }

  private static void draw(ConfusionMatrix confusion, Graphics2D graphics) {
    graphics.setFont(FONT);
    graphics.setColor(TEXT);
    centre("read as", MARGIN + DigitImage.CLASSES * CELL / 2, 16, graphics);
    centre("truth", 20, MARGIN - 14, graphics);
    long most = mostOffDiagonal(confusion);
    for (int truth = 0; truth < DigitImage.CLASSES; truth++) {
      graphics.setColor(TEXT);
      centre(String.valueOf(truth), MARGIN + truth * CELL + CELL / 2, MARGIN - 14, graphics);
      centre(String.valueOf(truth), 36, MARGIN + truth * CELL + CELL / 2 + 5, graphics);
      for (int read = 0; read < DigitImage.CLASSES; read++) {
        cell(confusion.count(truth, read), truth, read, most, graphics);
      }
    }
  }

  private static void cell(long count, int truth, int read, long most, Graphics2D graphics) {
    int x = MARGIN + read * CELL;
    int y = MARGIN + truth * CELL;
    // The root, so that the few show beside the many.
    double strength = most == 0 ? 0 : Math.sqrt((double) count / most);
    graphics.setColor(truth == read ? RIGHT : mix(WRONG, strength));
    graphics.fillRect(x, y, CELL - 1, CELL - 1);
    if (count > 0) {
      graphics.setColor(truth != read && strength > 0.6 ? Color.WHITE : TEXT);
      centre(String.valueOf(count), x + CELL / 2, y + CELL / 2 + 5, graphics);
    }
  }

  private static long mostOffDiagonal(ConfusionMatrix confusion) {
    return IntStream.range(0, DigitImage.CLASSES * DigitImage.CLASSES)
        .filter(cell -> cell / DigitImage.CLASSES != cell % DigitImage.CLASSES)
        .mapToLong(cell -> confusion.count(cell / DigitImage.CLASSES, cell % DigitImage.CLASSES))
        .max()
        .orElse(0);
  }

  /** Returns a colour on white paper, from 0 (none of it) to 1 (all). */
  static Color mix(Color colour, double strength) {
    return new Color(
        mix(colour.getRed(), strength),
        mix(colour.getGreen(), strength),
        mix(colour.getBlue(), strength));
  }

  private static int mix(int shade, double strength) {
    return (int) Math.round(255 - (255 - shade) * strength);
  }

  private static void centre(String text, int x, int y, Graphics2D graphics) {
    graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
  }
}
