// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.number.BestNumber;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.Lattice;
import org.digitrecognizer.number.NumberRule;
import org.digitrecognizer.number.PieceReading;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.onnx.OnnxFile;
import org.digitrecognizer.scan.MnistDigits;
import org.digitrecognizer.scan.Outcome;

/**
 * How many drawn numbers a model reads right whose digits overlap, and how many numbers a second of
 * digits that stand apart. The digits are MNIST's test digits, twice as large; the overlap is a
 * share of the narrower one's width, up to which their ink is laid over one another. The argument
 * is {@code MODEL}; run it as {@link ScanSetAccuracy}.
 */
final class TouchingDigitsAccuracy {

  private static final int NUMBERS = 500;
  private static final int TOGETHER = 50;
  private static final int MOST_DIGITS = 9;
  private static final int SCALE = 2;
  private static final int MARGIN = 12;
  private static final int SIDE = 28;

  private final byte[][] digits = MnistDigits.images("t10k");
  private final byte[] labels = MnistDigits.labels("t10k");
  private final Random random = new Random(7);
  private final DigitReader reader;

  private TouchingDigitsAccuracy(DigitReader reader) {
    this.reader = reader;
  }

  private record Drawn(GreyImage image, String number) {}

  /** Prints the figures of a model. */
  public static void main(String[] arguments) throws IOException {
    org.apache.hadoop.fs.Path model = new org.apache.hadoop.fs.Path(arguments[0]);
    Model opened = ModelDirectory.open(model, new Configuration(), null);
    try (DigitSession session = new DigitSession(OnnxFile.bytes(opened.stored()));
        DigitReader reader = new DigitReader(session, opened.description().calibration())) {
      TouchingDigitsAccuracy accuracy = new TouchingDigitsAccuracy(reader);
      accuracy.print("pairs, 10 to 30 % overlap", 2, 0.1, 0.3);
      accuracy.print("triples, 10 to 30 % overlap", 3, 0.1, 0.3);
      accuracy.print("5 digits apart", 5, -0.3, -0.1);
      accuracy.print("5 digits apart, once warm", 5, -0.3, -0.1);
    }
  }

  private void print(String what, int length, double least, double most) {
    List<Drawn> drawn = new ArrayList<>();
    for (int i = 0; i < NUMBERS; i++) {
      drawn.add(draw(length, least, most));
    }
    long start = System.nanoTime();
    long right = 0;
    long pieces = 0;
    for (int from = 0; from < NUMBERS; from += TOGETHER) {
      List<Drawn> some = drawn.subList(from, from + TOGETHER);
      List<FreeNumber> cut = some.stream().map(TouchingDigitsAccuracy::cut).toList();
      List<PieceReading> readings = read(cut);
      pieces += readings.size();
      right += right(some, cut, readings);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.US,
        "%s: %.1f %% right, %.0f a second of one thread, %.1f pieces each%n",
        what,
        100.0 * right / NUMBERS,
        NUMBERS / seconds,
        (double) pieces / NUMBERS);
  }

  private static FreeNumber cut(Drawn drawn) {
    return ((Outcome.Ok<FreeNumber>) FreeNumber.of(drawn.image, CutLimits.DEFAULT)).value();
  }

  private List<PieceReading> read(List<FreeNumber> cut) {
    List<PieceReading> readings = new ArrayList<>();
    for (Reading reading : reader.read(cut.stream().flatMap(n -> n.images().stream()).toList())) {
      readings.add(new PieceReading(reading.probabilities(), reading.oneDigit()));
    }
    return readings;
  }

  private static long right(List<Drawn> drawn, List<FreeNumber> cut, List<PieceReading> readings) {
    BestNumber best = new BestNumber();
    long right = 0;
    int from = 0;
    for (int i = 0; i < cut.size(); i++) {
      int to = from + cut.get(i).images().size();
      Lattice lattice = cut.get(i).lattice(readings.subList(from, to));
      String read = best.read(lattice, NumberRule.ofDigits(1, MOST_DIGITS)).number();
      right += drawn.get(i).number.equals(read) ? 1 : 0;
      from = to;
    }
    return right;
  }

  private Drawn draw(int length, double least, double most) {
    StringBuilder number = new StringBuilder();
    int width = length * SIDE * SCALE * 2;
    int height = SIDE * SCALE + 2 * MARGIN;
    byte[] ink = new byte[width * height];
    int right = MARGIN;
    int before = 0;
    for (int i = 0; i < length; i++) {
      int at = random.nextInt(digits.length);
      number.append(labels[at]);
      int[] columns = columns(digits[at]);
      int own = (columns[1] - columns[0] + 1) * SCALE;
      double share = least + random.nextDouble() * (most - least);
      int overlap = i == 0 ? 0 : (int) Math.round(share * Math.min(own, before));
      int left = right - overlap;
      lay(digits[at], columns[0], left, ink, width);
      right = left + own;
      before = own;
    }
    return new Drawn(paper(ink, width, right + MARGIN, height), number.toString());
  }

  /** Returns the first and the last column with ink. */
  private static int[] columns(byte[] pixels) {
    int first = SIDE;
    int last = -1;
    for (int i = 0; i < pixels.length; i++) {
      if ((pixels[i] & 0xff) > 100) {
        first = Math.min(first, i % SIDE);
        last = Math.max(last, i % SIDE);
      }
    }
    return new int[] {first, last};
  }

  private static void lay(byte[] pixels, int first, int left, byte[] ink, int width) {
    for (int y = 0; y < SIDE * SCALE; y++) {
      for (int x = 0; x < SIDE * SCALE; x++) {
        int column = left + x - first * SCALE;
        int level = pixels[y / SCALE * SIDE + x / SCALE] & 0xff;
        int place = (y + MARGIN) * width + column;
        if (column >= 0 && level > (ink[place] & 0xff)) {
          ink[place] = (byte) level;
        }
      }
    }
  }

  private static GreyImage paper(byte[] ink, int inkWidth, int width, int height) {
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (255 - (ink[i / width * inkWidth + i % width] & 0xff));
    }
    return new GreyImage(width, height, pixels);
  }
}
