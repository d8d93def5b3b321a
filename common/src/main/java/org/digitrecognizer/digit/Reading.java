// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.digit;

import java.io.Serializable;
import java.util.Optional;

/** What the network makes of an image. A value: the probabilities are copied in and out. */
public final class Reading implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int digit;
  private final float[] probabilities;
  private final double oneDigit;
  private final double confidence;
  private final PairReading pair;

  private Reading(
      int digit, float[] probabilities, double oneDigit, double confidence, PairReading pair) {
    this.digit = digit;
    this.probabilities = probabilities;
    this.oneDigit = oneDigit;
    this.confidence = confidence;
    this.pair = pair;
  }

  /**
   * Reads the most probable digit, of an image that is one; of equals the smallest.
   *
   * @param probabilities ten, of the digits 0 to 9, each 0..1, together 1; copied
   * @throws IllegalArgumentException if there are not ten
   */
  public static Reading of(float[] probabilities) {
    return of(probabilities, 1);
  }

  /**
   * Reads the most probable digit; of equals the smallest.
   *
   * @param probabilities ten, of the digits 0 to 9 if the image is one, each 0..1, together 1;
   *     copied
   * @param oneDigit probability that the image is one digit at all, 0..1
   * @throws IllegalArgumentException if there are not ten
   */
  public static Reading of(float[] probabilities, double oneDigit) {
    return of(probabilities, oneDigit, null);
  }

  /**
   * Reads the most probable digit of an image that may be two; of equals the smallest.
   *
   * @param probabilities ten, of the digits 0 to 9 if the image is one, each 0..1, together 1;
   *     copied
   * @param oneDigit probability that the image is one digit, 0..1
   * @param pair what it is as two; null where that was not asked
   * @throws IllegalArgumentException if there are not ten
   */
  public static Reading of(float[] probabilities, double oneDigit, PairReading pair) {
    int digit = mostProbable(probabilities);
    double confidence = probabilities[digit] * oneDigit;
    return new Reading(digit, probabilities.clone(), oneDigit, confidence, pair);
  }

  /**
   * Returns a reading that was written down.
   *
   * @param probabilities ten; copied
   * @param confidence as {@link #confidence} gave it
   * @throws IllegalArgumentException if there are not ten
   */
  public static Reading recorded(float[] probabilities, double confidence) {
    int digit = mostProbable(probabilities);
    double oneDigit = confidence / probabilities[digit];
    return new Reading(digit, probabilities.clone(), oneDigit, confidence, null);
  }

  private static int mostProbable(float[] probabilities) {
    if (probabilities.length != DigitImage.CLASSES) {
      throw new IllegalArgumentException(
          "A reading has 10 probabilities, not " + probabilities.length);
    }
    int digit = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[digit]) {
        digit = i;
      }
    }
    return digit;
  }

  /** Returns the most probable digit, 0 to 9. */
  public int digit() {
    return digit;
  }

  /** Returns the probability that the image is one digit, and the most probable one; 0 to 1. */
  public double confidence() {
    return confidence;
  }

  /**
   * Returns the probability that the image is one digit at all, 0 to 1; 1 of a network that does
   * not say.
   */
  public double oneDigit() {
    return oneDigit;
  }

  /** Returns what the image is as two digits side by side, where that was asked. */
  public Optional<PairReading> pair() {
    return Optional.ofNullable(pair);
  }

  /** Returns a copy of the probabilities of the digits 0 to 9. */
  public float[] probabilities() {
    return probabilities.clone();
  }

  /** Returns the second most probable digit, 0 to 9; of equals the smallest. */
  public int second() {
    int second = digit == 0 ? 1 : 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (i != digit && probabilities[i] > probabilities[second]) {
        second = i;
      }
    }
    return second;
  }
}
