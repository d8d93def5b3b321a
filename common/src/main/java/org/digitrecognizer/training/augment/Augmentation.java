// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.scan.InkLayer;

/**
 * Makes minibatches of digits as they stand on real paper. The same digits and seed make the same
 * bits on every JVM.
 */
public final class Augmentation {

  /** So many digits for each image of what is not one digit. */
  static final int DIGITS_FOR_EACH_OTHER = 3;

  /** Share of digits that stay as they are, and of those that are only laid out anew. */
  private static final double UNTOUCHED = 0.1;

  private static final double CLEAN = 0.3;

  /** How strongly a clean digit is laid out anew; see {@link Warp}. */
  private static final double CLEAN_STRENGTH = 0.7;

  /** Pixels of a scan a pixel of MNIST: of a clean one, and of others. */
  private static final double LEAST_CLEAN_SCALE = 1.3;

  private static final double LEAST_SCALE = 0.75;
  private static final double MOST_SCALE = 2;

  /** The normaliser leaves at least this much of a digit's width or height. */
  private static final double LEAST_LEFT = 0.7;

  /** So often what is not one digit is drawn before a dot is taken instead. */
  private static final int MOST_ATTEMPTS = 50;

  /**
   * Share of what is wider than tall that is drawn as a piece of a number is, see {@link
   * InkLayer#piece}: of clean digits, and of what is not one digit.
   */
  private static final double DIGIT_AS_PIECE = 0.3;

  private static final double OTHER_AS_PIECE = 0.6;

  /** Share of the pairs that are sure to have a one. */
  private static final double NARROW = 0.3;

  private final List<LabelledDigit> digits;

  /** Those whose images are not blank. */
  private final List<LabelledDigit> inked;

  private final Scanner scanner = new Scanner();

  Augmentation(List<LabelledDigit> digits) {
    this.digits = digits;
    this.inked = digits.stream().filter(Augmentation::isInked).toList();
  }

  /**
   * Makes one example of each digit, in their order, and then some of what is not one digit: one
   * for each three digits, rounded up.
   *
   * @param digits at least one; neighbours and pairs are made of them, too. Blank images stay as
   *     they are; where all are blank, nothing follows
   * @param seed another one for each minibatch and epoch
   */
  public static List<Example> minibatch(List<LabelledDigit> digits, long seed) {
    return new Augmentation(digits).examples(new SplittableRandom(seed));
  }

  /** Returns how many examples are made of so many digits. */
  public static int count(int digits) {
    return digits + (digits + DIGITS_FOR_EACH_OTHER - 1) / DIGITS_FOR_EACH_OTHER;
  }

  private List<Example> examples(SplittableRandom random) {
    List<Example> examples = new ArrayList<>();
    for (LabelledDigit digit : digits) {
      Chance chance = new Chance(random.split());
      examples.add(new Example(digit(digit, chance), digit.label()));
    }
    int others = inked.isEmpty() ? 0 : count(digits.size()) - digits.size();
    for (int i = 0; i < others; i++) {
      Chance chance = new Chance(random.split());
      examples.add(notOneDigit(NotOneDigit.any(chance), chance));
    }
    return examples;
  }

  private DigitImage digit(LabelledDigit digit, Chance chance) {
    double kind = chance.between(0, 1);
    if (kind < UNTOUCHED || !isInked(digit)) {
      return digit.image();
    }
    Optional<DigitImage> image =
        kind < UNTOUCHED + CLEAN ? clean(digit, chance) : rough(digit, chance);
    return image.orElse(digit.image());
  }

  private Optional<DigitImage> clean(LabelledDigit digit, Chance chance) {
    Canvas written = Canvas.of(digit.image());
    double scale = chance.between(LEAST_CLEAN_SCALE, MOST_SCALE);
    Canvas drawn = new Warp(scale, CLEAN_STRENGTH, chance).draw(written);
    if (Extent.of(drawn) == null) {
      return Optional.empty();
    }
    return isWide(drawn) && chance.is(DIGIT_AS_PIECE)
        ? Optional.of(Fit.fit(drawn, InkLayer.WIDEST_PIECE))
        : scanner.clean(Surroundings.clean(drawn, scale));
  }

  private static boolean isWide(Canvas drawn) {
    Extent extent = Extent.of(drawn);
    return extent.width() > extent.height();
  }

  private Optional<DigitImage> rough(LabelledDigit digit, Chance chance) {
    Warp warp = new Warp(chance.between(LEAST_SCALE, MOST_SCALE), 1, chance);
    double pen = Strokes.amount(chance);
    Canvas drawn = draw(digit, warp, pen, chance);
    Strokes.breakSome(drawn, chance);
    if (Extent.of(drawn) == null) {
      return Optional.empty();
    }
    Supplier<Canvas> neighbours = () -> draw(any(chance), warp, pen, chance);
    Canvas scan = Surroundings.written(drawn, neighbours, warp.scale, chance);
    Optional<DigitImage> image = scanner.rough(scan, chance);
    return image.isPresent() && isThere(Extent.of(drawn), scan, image.get())
        ? image
        : scanner.clean(Surroundings.clean(drawn, warp.scale));
  }

  /** Whether an image's shape may be that of the digit on a scan: else it is of something else. */
  private static boolean isThere(Extent digit, Canvas scan, DigitImage image) {
    Extent found = Extent.of(Canvas.of(image));
    double shape = (double) found.width() / found.height();
    return shape > LEAST_LEFT * digit.width() / scan.height
        && shape < scan.width / (LEAST_LEFT * digit.height());
  }

  private static boolean isInked(LabelledDigit digit) {
    for (byte pixel : digit.image().pixels()) {
      if (Canvas.ink(pixel) >= Canvas.INKED) {
        return true;
      }
    }
    return false;
  }

  private static Canvas draw(LabelledDigit digit, Warp warp, double pen, Chance chance) {
    return new Hand(warp, pen).draw(digit, chance);
  }

  /** A one, which is what a pair most easily hides; any digit if there is none. */
  private LabelledDigit narrow(Chance chance) {
    List<LabelledDigit> ones = inked.stream().filter(digit -> digit.label() == 1).toList();
    return ones.isEmpty() ? any(chance) : ones.get(chance.below(ones.size()));
  }

  private LabelledDigit any(Chance chance) {
    return inked.get(chance.below(inked.size()));
  }

  Example notOneDigit(NotOneDigit kind, Chance chance) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Warp warp = new Warp(chance.between(LEAST_SCALE, MOST_SCALE), 1, chance);
      double pen = Strokes.amount(chance);
      LabelledDigit any = any(chance);
      LabelledDigit neighbour = chance.is(NARROW) ? narrow(chance) : any(chance);
      boolean swapped = chance.is(0.5);
      LabelledDigit left = swapped ? neighbour : any;
      LabelledDigit right = swapped ? any : neighbour;
      Canvas first = draw(left, warp, pen, chance);
      Canvas second = draw(right, warp, pen, chance);
      if (Extent.of(first) != null && Extent.of(second) != null) {
        Canvas drawn = kind.draw(first, second, chance);
        if (Extent.of(drawn) != null && !(kind.mayBeOne() && Strokes.areOneUpright(drawn))) {
          boolean pair = kind == NotOneDigit.PAIR;
          return new Example(
              Fit.fit(drawn, chance.is(OTHER_AS_PIECE) ? InkLayer.WIDEST_PIECE : Fit.BOX),
              pair ? DigitNetwork.pair(left.label(), right.label()) : DigitNetwork.NEITHER);
        }
      }
    }
    Canvas none = new Canvas(1, 1);
    return new Example(
        Fit.fit(NotOneDigit.DOT.draw(none, none, chance), Fit.BOX), DigitNetwork.NEITHER);
  }
}
