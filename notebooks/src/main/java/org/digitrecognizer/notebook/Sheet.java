// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;

/** Pictures in rows, each with a word below it. */
public final class Sheet {

  private static final int GAP = 8;
  private static final int LINE = 14;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  private static final Color TEXT = new Color(0x4a5560);
  private static final Color FRAME = new Color(0xe3e7eb);

  private record Item(BufferedImage picture, List<String> caption) {}

  private final int columns;
  private final int side;
  private final List<Item> items = new ArrayList<>();

  /**
   * @param columns pictures of a row, at least 1
   * @param side of the square that a picture is fitted into, in CSS pixels, at least 1
   */
  public Sheet(int columns, int side) {
    if (columns < 1 || side < 1) {
      throw new IllegalArgumentException(
          "A sheet has at least 1 column of 1 pixel, not " + columns + " of " + side);
    }
    this.columns = columns;
    this.side = side;
  }

  /**
   * Adds a digit, dark on light.
   *
   * @param caption a line or several; may be empty
   */
  public Sheet add(DigitImage digit, String caption) {
    byte[] shades = digit.pixels();
    for (int i = 0; i < shades.length; i++) {
      shades[i] = (byte) ~shades[i];
    }
    return add(new GreyImage(DigitImage.WIDTH, DigitImage.HEIGHT, shades), caption);
  }

  /**
   * Adds a scan as it is.
   *
   * @param caption a line or several; may be empty
   */
  public Sheet add(GreyImage scan, String caption) {
    BufferedImage picture =
        new BufferedImage(scan.width(), scan.height(), BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setDataElements(0, 0, scan.width(), scan.height(), scan.pixels());
    return add(picture, caption);
  }

  /**
   * Adds any picture.
   *
   * @param caption a line or several; may be empty
   */
  public Sheet add(BufferedImage picture, String caption) {
    items.add(new Item(picture, caption.isEmpty() ? List.of() : caption.lines().toList()));
    return this;
  }

  /** Returns the sheet as a picture. */
  public Figure figure() {
    int lines = items.stream().mapToInt(item -> item.caption.size()).max().orElse(0);
    int rowHeight = side + lines * LINE + GAP;
    int rows = Math.max(1, (items.size() + columns - 1) / columns);
    return Figure.draw(
        columns * (side + GAP) + GAP,
        rows * rowHeight + GAP,
        graphics -> {
          for (int i = 0; i < items.size(); i++) {
            int x = GAP + i % columns * (side + GAP);
            int y = GAP + i / columns * rowHeight;
            draw(items.get(i), graphics, x, y);
          }
        });
  }

  private void draw(Item item, Graphics2D graphics, int left, int top) {
    BufferedImage picture = item.picture;
    double scale = (double) side / Math.max(picture.getWidth(), picture.getHeight());
    int width = (int) Math.max(1, Math.round(picture.getWidth() * scale));
    int height = (int) Math.max(1, Math.round(picture.getHeight() * scale));
    // Enlarged, pixels stay squares; shrunk, none may get lost.
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        scale * Figure.SCALE >= 1
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    int x = left + (side - width) / 2;
    int y = top + (side - height) / 2;
    graphics.drawImage(picture, x, y, width, height, null);
    graphics.setColor(FRAME);
    graphics.drawRect(left, top, side, side);
    graphics.setFont(FONT);
    graphics.setColor(TEXT);
    for (int line = 0; line < item.caption.size(); line++) {
      String text = item.caption.get(line);
      int indent = (side - graphics.getFontMetrics().stringWidth(text)) / 2;
      graphics.drawString(text, left + indent, top + side + LINE * (line + 1) - 2);
    }
  }
}
