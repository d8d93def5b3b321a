// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;

/** Pictures of many scans at once, each beside the 28x28 pixels that the network saw of it. */
final class ContactSheet {

  /**
   * @param title stands below; a dozen characters are seen whole
   * @param digit what the network saw, or null where there was none
   */
  record Item(String title, GreyImage scan, DigitImage digit) {}

  private static final int COLUMNS = 10;
  private static final int ROWS = 12;
  private static final int SIDE = 84;
  private static final int WIDTH = 2 * SIDE + 8;
  private static final int HEIGHT = SIDE + 18;

  private ContactSheet() {}

  /** Writes the items as {@code NAME-000.png} and so on, 120 a sheet. */
  static void write(Path directory, String name, List<Item> items) throws IOException {
    Files.createDirectories(directory);
    int each = COLUMNS * ROWS;
    for (int start = 0; start < items.size(); start += each) {
      List<Item> some = items.subList(start, Math.min(items.size(), start + each));
      Path file = directory.resolve(String.format("%s-%03d.png", name, start / each));
      ImageIO.write(draw(some), "png", file.toFile());
    }
  }

  private static BufferedImage draw(List<Item> items) {
    int rows = (items.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage sheet =
        new BufferedImage(COLUMNS * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(new Color(0x303060));
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    for (int i = 0; i < items.size(); i++) {
      draw(items.get(i), graphics, i % COLUMNS * WIDTH, i / COLUMNS * HEIGHT);
    }
    graphics.dispose();
    return sheet;
  }

  private static void draw(Item item, Graphics2D graphics, int x, int y) {
    GreyImage scan = item.scan();
    double scale = (double) SIDE / Math.max(scan.width(), scan.height());
    int width = Math.max(1, (int) (scan.width() * scale));
    int height = Math.max(1, (int) (scan.height() * scale));
    graphics.drawImage(picture(scan.pixels(), scan.width()), x, y, width, height, null);
    if (item.digit() != null) {
      BufferedImage seen = picture(item.digit().pixels(), DigitImage.WIDTH);
      graphics.drawImage(seen, x + SIDE + 2, y, SIDE, SIDE, null);
    }
    graphics.setColor(Color.WHITE);
    graphics.drawString(item.title(), x, y + HEIGHT - 5);
  }

  static BufferedImage picture(byte[] pixels, int width) {
    int height = pixels.length / width;
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < pixels.length; i++) {
      picture.setRGB(i % width, i / width, (pixels[i] & 0xff) * 0x010101);
    }
    return picture;
  }
}
