// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.specimen;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;

/** A digit that is worth showing: where it comes from, its picture, what was read, what is true. */
public final class Specimen implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int UNKNOWN = -1;

  private final String source;
  private final byte[] pixels;
  private final float[] probabilities;
  private final int truth;
  private final double confidence;
  private final Thumbnail scan;

  private Specimen(
      String source, DigitImage image, Reading reading, int truth, Optional<GreyImage> scan) {
    this.source = source;
    this.pixels = image.pixels();
    this.probabilities = reading.probabilities();
    this.confidence = reading.confidence();
    this.truth = truth;
    this.scan = Thumbnail.orNull(scan);
  }

  /**
   * @param source where it comes from, as a person can find it again; also what orders equals
   * @param truth the true digit, if it is known
   */
  public static Specimen of(String source, DigitImage image, Reading reading, OptionalInt truth) {
    return of(source, image, reading, truth, Optional.empty());
  }

  /**
   * @param source where it comes from, as a person can find it again; also what orders equals
   * @param truth the true digit, if it is known
   * @param scan what the image was made from; kept at {@value Thumbnail#MOST} pixels at most to a
   *     side
   */
  public static Specimen of(
      String source,
      DigitImage image,
      Reading reading,
      OptionalInt truth,
      Optional<GreyImage> scan) {
    return new Specimen(source, image, reading, truth.orElse(UNKNOWN), scan);
  }

  /** Returns where it comes from. */
  public String source() {
    return source;
  }

  /** Returns what the network saw. */
  public DigitImage image() {
    return DigitImage.of(pixels);
  }

  /** Returns what the network made of it. */
  public Reading reading() {
    return Reading.recorded(probabilities, confidence);
  }

  /** Returns the true digit, if it is known. */
  public OptionalInt truth() {
    return truth == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(truth);
  }

  /** Returns what the image was made from, {@value Thumbnail#MOST} pixels at most to a side. */
  public Optional<GreyImage> scan() {
    return Thumbnail.image(scan);
  }

  /** Returns the reading's confidence, without copying the probabilities. */
  double confidence() {
    return confidence;
  }

  /** Orders by source, then by all the rest, so that only what looks the same is equal. */
  static int compareIdentity(Specimen a, Specimen b) {
    int bySource = a.source.compareTo(b.source);
    int byTruth = bySource != 0 ? bySource : Integer.compare(a.truth, b.truth);
    int byReading = byTruth != 0 ? byTruth : Arrays.compare(a.probabilities, b.probabilities);
    int byPixels = byReading != 0 ? byReading : Arrays.compare(a.pixels, b.pixels);
    return byPixels != 0 ? byPixels : Thumbnail.compare(a.scan, b.scan);
  }
}
