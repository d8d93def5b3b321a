// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.DrawnPaper;
import org.digitrecognizer.scan.MnistDigits;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanNormaliser;

/**
 * Draws the strip of the README: digits of MNIST's test split on drawn paper, what the network saw
 * of each, what it read, how sure it was, and whether that stands. It stands above the lowest
 * confidence at which, of all that were drawn, one in a thousand that stand is expected to be wrong
 * ({@code score}'s own target). The first five that stand are shown, and the first two that do not.
 * docs/pictures.md has the command.
 */
final class ReadmeStrip {

  private static final double TARGET = 0.001;
  private static final int STANDING = 5;
  private static final int LEFT = 2;

  /** A scan, what the network saw of it, and what it read. */
  private record Cell(GreyImage scan, DigitImage digit, Reading reading) {}

  /** Pixels of the picture for one of the page, for screens that have as many. */
  private static final int DENSITY = 2;

  private static final int LEGEND = 124;
  private static final int COLUMN = 108;
  private static final int SCAN = 88;
  private static final int SEEN = 64;
  private static final int HEIGHT = 246;
  private static final Color INK = new Color(0x1f2328);
  private static final Color FAINT = new Color(0x59636e);
  private static final Color MACHINE = new Color(0x1a7f37);
  private static final Color PERSON = new Color(0x9a6700);

  private ReadmeStrip() {}

  /**
   * Writes the strip, as a PNG.
   *
   * @param arguments the model directory, and the file to write
   */
  public static void main(String[] arguments) throws IOException {
    List<Cell> all = read(new org.apache.hadoop.fs.Path(arguments[0]));
    double threshold = threshold(all);
    System.out.printf(
        Locale.ROOT,
        "%d of %d stand, at a confidence of %.4f or more%n",
        all.stream().filter(cell -> cell.reading().confidence() >= threshold).count(),
        all.size(),
        threshold);
    List<Cell> shown = new ArrayList<>();
    all.stream()
        .filter(cell -> cell.reading().confidence() >= threshold)
        .limit(STANDING)
        .forEach(shown::add);
    all.stream()
        .filter(cell -> cell.reading().confidence() < threshold)
        .limit(LEFT)
        .forEach(shown::add);
    ImageIO.write(draw(shown, threshold), "png", new File(arguments[1]));
  }

  private static List<Cell> read(org.apache.hadoop.fs.Path directory) throws IOException {
    List<GreyImage> scans = new ArrayList<>();
    List<DigitImage> digits = new ArrayList<>();
    DrawnPaper paper = new DrawnPaper(8);
    ScanNormaliser normaliser = new ScanNormaliser();
    byte[][] images = MnistDigits.images("t10k");
    for (int i = 0; i < images.length; i += 5) {
      GreyImage scan = paper.with(Drawing.scan(images[i], 60 + i % 100, i));
      if (normaliser.normalise(scan) instanceof Outcome.Ok<DigitImage> ok) {
        scans.add(scan);
        digits.add(ok.value());
      }
    }
    Model model = ModelDirectory.open(directory, new Configuration(), null);
    List<Cell> cells = new ArrayList<>();
    try (DigitSession session = new DigitSession(ReadingGraph.of(model.stored()));
        DigitReader reader = new DigitReader(session, model.description().calibration())) {
      List<Reading> readings = reader.read(digits);
      for (int i = 0; i < readings.size(); i++) {
        cells.add(new Cell(scans.get(i), digits.get(i), readings.get(i)));
      }
    }
    return cells;
  }

  private static double threshold(List<Cell> cells) {
    List<Double> sure =
        cells.stream()
            .map(cell -> cell.reading().confidence())
            .sorted(Comparator.reverseOrder())
            .toList();
    double threshold = 1;
    double wrong = 0;
    for (int i = 0; i < sure.size(); i++) {
      wrong += 1 - sure.get(i);
      if (wrong <= TARGET * (i + 1)) {
        threshold = sure.get(i);
      }
    }
    return threshold;
  }

  private static BufferedImage draw(List<Cell> cells, double threshold) {
    int width = LEGEND + COLUMN * cells.size();
    BufferedImage strip =
        new BufferedImage(DENSITY * width, DENSITY * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = strip.createGraphics();
    graphics.scale(DENSITY, DENSITY);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, HEIGHT);
    drawLegend(graphics);
    for (int i = 0; i < cells.size(); i++) {
      draw(cells.get(i), threshold, graphics, LEGEND + i * COLUMN + COLUMN / 2);
    }
    graphics.dispose();
    return strip;
  }

  private static void drawLegend(Graphics2D graphics) {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    graphics.setColor(FAINT);
    graphics.drawString("a scan", 4, 52);
    graphics.drawString("what the", 4, 126);
    graphics.drawString("network saw", 4, 142);
    graphics.drawString("what it read,", 4, 184);
    graphics.drawString("how sure it is", 4, 200);
    graphics.drawString("who decides", 4, 231);
  }

  /**
   * @param middle of the column
   */
  private static void draw(Cell cell, double threshold, Graphics2D graphics, int middle) {
    GreyImage scan = cell.scan();
    double scale = (double) SCAN / Math.max(scan.width(), scan.height());
    int width = (int) Math.round(scan.width() * scale);
    int height = (int) Math.round(scan.height() * scale);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    BufferedImage paper = ContactSheet.picture(scan.pixels(), scan.width());
    graphics.drawImage(paper, middle - width / 2, 4 + (SCAN - height) / 2, width, height, null);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    BufferedImage seen = ContactSheet.picture(cell.digit().pixels(), DigitImage.WIDTH);
    graphics.drawImage(seen, middle - SEEN / 2, 100, SEEN, SEEN, null);
    Reading reading = cell.reading();
    boolean stands = reading.confidence() >= threshold;
    write(graphics, "" + reading.digit(), Font.BOLD, 20, INK, middle, 186);
    // Never 100 %.
    double percent = Math.floor(10_000 * reading.confidence()) / 100;
    String sure = String.format(Locale.ROOT, "%.2f %%", Math.min(99.99, percent));
    write(graphics, sure, Font.PLAIN, 12, FAINT, middle, 203);
    graphics.setColor(stands ? MACHINE : PERSON);
    graphics.fillRoundRect(middle - 36, 214, 72, 24, 12, 12);
    write(graphics, stands ? "machine" : "person", Font.BOLD, 13, Color.WHITE, middle, 231);
  }

  private static void write(
      Graphics2D graphics, String text, int style, int size, Color colour, int middle, int y) {
    graphics.setFont(new Font(Font.SANS_SERIF, style, size));
    graphics.setColor(colour);
    graphics.drawString(text, middle - graphics.getFontMetrics().stringWidth(text) / 2, y);
  }
}
