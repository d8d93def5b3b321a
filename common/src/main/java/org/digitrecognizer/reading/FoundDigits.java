// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.scan.ScanThumbnail;
import org.digitrecognizer.scan.ScanViews;

/**
 * Finds the digit on each scan and reads it. What cannot be read surely is looked for again on
 * other views of its scan, since it is often the ink that was found badly, and the mean of all
 * readings counts. On a scan that seems blank, or to show several digits, one that only another
 * view shows counts if it can be read surely.
 */
public final class FoundDigits {

  /** A digit that only another view shows is at least so probably one digit. */
  private static final double PLAINLY_ONE = 0.5;

  private final ScanNormaliser normaliser;
  private final DigitReader reader;

  public FoundDigits(ScanNormaliser normaliser, DigitReader reader) {
    this.normaliser = normaliser;
    this.reader = reader;
  }

  /**
   * What may be a digit on a scan.
   *
   * @param image of it
   * @param scan where it was found, shrunk as {@link ScanThumbnail} does
   * @param doubt why there is none if it cannot be read surely; null if it is there anyway
   */
  public record Found(DigitImage image, GreyImage scan, Rejection doubt) {}

  /**
   * A digit and what was made of it.
   *
   * @param image the view of which the network is surest, among those that it reads so
   */
  public record Read(DigitImage image, Reading reading) {

    private Read surer(Read other, int digit) {
      boolean better =
          other.reading.digit() == digit
              && (reading.digit() != digit || other.reading.confidence() > reading.confidence());
      return better ? other : this;
    }
  }

  /** Returns what may be the digit on a scan, or why there is none. */
  public Outcome<Found> find(GreyImage scan) {
    Outcome<DigitImage> outcome = normaliser.normalise(scan);
    if (outcome instanceof Outcome.Rejected<DigitImage> rejected) {
      return findHidden(scan, rejected.rejection());
    }
    DigitImage digit = ((Outcome.Ok<DigitImage>) outcome).value();
    return Outcome.ok(new Found(digit, ScanThumbnail.of(scan), null));
  }

  private Outcome<Found> findHidden(GreyImage scan, Rejection rejection) {
    Optional<GreyImage> view =
        rejection.reason() == Reason.BLANK
            ? ScanViews.small(scan)
            : ScanViews.even(ScanThumbnail.of(scan));
    Optional<DigitImage> digit = view.flatMap(seen -> normalised(seen, normaliser));
    return digit.isPresent()
        ? Outcome.ok(new Found(digit.get(), ScanThumbnail.of(scan), rejection))
        : new Outcome.Rejected<>(rejection);
  }

  /** Returns what is made of each, in the same order. */
  public List<Outcome<Read>> read(List<Found> digits) {
    List<Reading> first = reader.read(digits.stream().map(Found::image).toList());
    List<List<Read>> looks = looks(digits, first);
    List<Outcome<Read>> read = new ArrayList<>(digits.size());
    for (int i = 0; i < digits.size(); i++) {
      Rejection doubt = digits.get(i).doubt;
      read.add(
          doubt == null || isPlain(first.get(i))
              ? Outcome.ok(mean(looks.get(i)))
              : new Outcome.Rejected<>(doubt));
    }
    return read;
  }

  private static boolean isPlain(Reading hidden) {
    return DigitReader.isSure(hidden) && hidden.oneDigit() >= PLAINLY_ONE;
  }

  /** Returns of each digit the first reading, and those of other views if it is not sure. */
  private List<List<Read>> looks(List<Found> digits, List<Reading> first) {
    List<List<Read>> looks = new ArrayList<>(digits.size());
    List<DigitImage> views = new ArrayList<>();
    List<List<Read>> owners = new ArrayList<>();
    for (int i = 0; i < digits.size(); i++) {
      Found digit = digits.get(i);
      List<Read> its = new ArrayList<>(List.of(new Read(digit.image, first.get(i))));
      looks.add(its);
      if (digit.doubt == null && !DigitReader.isSure(first.get(i))) {
        for (DigitImage view : otherViews(digit.scan, normaliser)) {
          views.add(view);
          owners.add(its);
        }
      }
    }
    List<Reading> others = reader.read(views);
    for (int i = 0; i < others.size(); i++) {
      owners.get(i).add(new Read(views.get(i), others.get(i)));
    }
    return looks;
  }

  /**
   * Returns the digit as other views of its scan show it, without those that do not.
   *
   * @param scan as {@link Found#scan}
   */
  public static List<DigitImage> otherViews(GreyImage scan, ScanNormaliser normaliser) {
    return ScanViews.of(scan).stream()
        .flatMap(view -> normalised(view, normaliser).stream())
        .toList();
  }

  private static Optional<DigitImage> normalised(GreyImage view, ScanNormaliser normaliser) {
    return normaliser.normalise(view) instanceof Outcome.Ok<DigitImage> digit
        ? Optional.of(digit.value())
        : Optional.empty();
  }

  /** The mean counts a look the less, the less probably it is of one digit. */
  private static Read mean(List<Read> looks) {
    double oneDigit = looks.stream().mapToDouble(look -> look.reading.oneDigit()).sum();
    if (looks.size() == 1 || oneDigit == 0) {
      return looks.get(0);
    }
    float[] probabilities = new float[DigitImage.CLASSES];
    for (Read look : looks) {
      float[] its = look.reading.probabilities();
      for (int digit = 0; digit < probabilities.length; digit++) {
        probabilities[digit] += (float) (its[digit] * look.reading.oneDigit() / oneDigit);
      }
    }
    Reading mean = Reading.of(probabilities, Math.min(1, oneDigit / looks.size()));
    Read surest = looks.get(0);
    for (Read look : looks) {
      surest = surest.surer(look, mean.digit());
    }
    return new Read(surest.image, mean);
  }
}
