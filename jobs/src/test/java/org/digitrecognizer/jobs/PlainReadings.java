// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What plain Deeplearning4j reads with stock layers, in floats: the oracle of what reads in whole
 * numbers. Of a digit whose two most probable classes are nearly as probable either may be read.
 */
public final class PlainReadings {

  private static final float NEARLY = 0.01f;

  /** {@code [label][read]}, of the digits that can be read in one way alone. */
  private final int[][] confusion = new int[DigitImage.CLASSES][DigitImage.CLASSES];

  private int undecided;

  public PlainReadings(MultiLayerNetwork network, List<LabelledDigit> digits) {
    float[] pixels = new float[digits.size() * DigitImage.SIZE];
    for (int i = 0; i < digits.size(); i++) {
      digits.get(i).image().copyTo(pixels, i * DigitImage.SIZE);
    }
    float[][] probabilities =
        network
            .output(Nd4j.createFromArray(pixels).reshape(digits.size(), 28, 28, 1))
            .toFloatMatrix();
    for (int i = 0; i < digits.size(); i++) {
      count(digits.get(i).label(), probabilities[i]);
    }
  }

  private void count(int label, float[] probabilities) {
    float[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    float most = sorted[sorted.length - 1];
    if (most - sorted[sorted.length - 2] < NEARLY) {
      undecided++;
      return;
    }
    for (int read = 0; read < probabilities.length; read++) {
      confusion[label][read] += probabilities[read] == most ? 1 : 0;
    }
  }

  /** Returns how many digits may be read in two ways. */
  public int undecided() {
    return undecided;
  }

  /** Returns how many digits of a class are read as another, or right, at the least. */
  public int count(int label, int read) {
    return confusion[label][read];
  }

  /** Returns how many are read right at the least; {@link #undecided} more at the most. */
  public int right() {
    int right = 0;
    for (int digit = 0; digit < confusion.length; digit++) {
      right += confusion[digit][digit];
    }
    return right;
  }
}
