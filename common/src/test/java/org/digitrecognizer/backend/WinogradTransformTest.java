package org.digitrecognizer.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The oracle is the convolution as it is defined, in double precision. */
class WinogradTransformTest {

  private final Random random = new Random(7);

  @Test
  void wholeNumbersAreFilteredExactly() {
    // With taps that 24² divides, the transform of the filter is whole as well.
    float[][] image = new float[6][6];
    double[] filter = new double[9];
    for (int i = 0; i < 36; i++) {
      image[i / 6][i % 6] = random.nextInt(21) - 10;
    }
    for (int i = 0; i < 9; i++) {
      filter[i] = 576 * (random.nextInt(5) - 2);
    }
    float[][] outputs = filtered(image, filter);
    for (int i = 0; i < 16; i++) {
      assertThat(outputs[i / 4][i % 4]).isEqualTo((float) expected(image, filter, i / 4, i % 4));
    }
  }

  @Test
  void roundingStaysFarBelowWhatAReadingShows() {
    double error = 0;
    for (int round = 0; round < 1000; round++) {
      float[][] image = new float[6][6];
      double[] filter = new double[9];
      for (int i = 0; i < 36; i++) {
        image[i / 6][i % 6] = (float) random.nextGaussian();
      }
      for (int i = 0; i < 9; i++) {
        filter[i] = random.nextGaussian();
      }
      float[][] outputs = filtered(image, filter);
      for (int i = 0; i < 16; i++) {
        double difference = outputs[i / 4][i % 4] - expected(image, filter, i / 4, i % 4);
        error = Math.max(error, Math.abs(difference));
      }
    }
    // Float's own rounding of nine such products is some 1e-6.
    assertThat(error).isCloseTo(0, within(5e-5));
  }

  private static double expected(float[][] image, double[] filter, int row, int column) {
    double sum = 0;
    for (int tap = 0; tap < 9; tap++) {
      sum += image[row + tap / 3][column + tap % 3] * filter[tap];
    }
    return sum;
  }

  /** Filters one tile, lines of one float, in both directions. */
  private static float[][] filtered(float[][] image, double[] filter) {
    float[][] half = new float[6][];
    for (int column = 0; column < 6; column++) {
      half[column] = input(column(image, column));
    }
    double[] factors = WinogradTransform.filter(filter);
    float[][] back = new float[6][];
    for (int row = 0; row < 6; row++) {
      float[] products = input(column(half, row));
      for (int column = 0; column < 6; column++) {
        products[column] *= (float) factors[row * 6 + column];
      }
      back[row] = output(products);
    }
    float[][] outputs = new float[4][4];
    for (int column = 0; column < 4; column++) {
      float[] line = output(column(back, column));
      for (int row = 0; row < 4; row++) {
        outputs[row][column] = line[row];
      }
    }
    return outputs;
  }

  private static float[] column(float[][] rows, int column) {
    float[] values = new float[rows.length];
    for (int row = 0; row < values.length; row++) {
      values[row] = rows[row][column];
    }
    return values;
  }

  private static float[] input(float[] values) {
    float[][] to = new float[6][1];
    WinogradTransform.input(lines(values), to);
    return column(to, 0);
  }

  private static float[] output(float[] values) {
    float[][] to = new float[4][1];
    WinogradTransform.output(lines(values), to);
    return column(to, 0);
  }

  private static float[][] lines(float[] values) {
    float[][] lines = new float[values.length][];
    for (int i = 0; i < values.length; i++) {
      lines[i] = new float[] {values[i]};
    }
    return lines;
  }
}
