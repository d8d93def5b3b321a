// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.PairReading;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.number.BestNumber;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.NumberReading;
import org.digitrecognizer.number.NumberRule;

/**
 * Reads freely written numbers. Where the digits stand apart no cut is tried. The pieces of one
 * that is not sure are read again as other hands would have written them, and what counts is the
 * mean of what the network makes of all (as Krizhevsky, Sutskever and Hinton, NIPS 2012, section
 * 4.1, average over crops): it misreads fewer. For one thread.
 */
public final class NumberReader {

  /**
   * However sure the network is, one number in 100 is not what any way through its pieces says: of
   * the surest fifth of real amounts, of drawn numbers that touch and of those that do not 4, 1 and
   * 1 in 100 were misread where 1 in 1,000 was expected.
   */
  private static final double SURPRISES = 0.01;

  /** A number that is at least as sure is not read again. */
  private static final double SURE = 0.98;

  /** An image that fewer ways go through is not read again. */
  private static final double LEAST_SHARE = 0.01;

  /** Chosen on drawn numbers and real amounts; more hands than two are hardly better. */
  private static final List<OtherHand> HANDS =
      List.of(new OtherHand(0.1, 0.93, 0.97, 0.05), new OtherHand(-0.1, 1.07, 1.03, -0.05));

  private final DigitReader reader;
  private final BestNumber best = BestNumber.withSurprises(SURPRISES);

  /**
   * @param reader stays open
   */
  public NumberReader(DigitReader reader) {
    this.reader = reader;
  }

  /**
   * A number to read.
   *
   * @param rule that it keeps
   */
  public record Task(FreeNumber number, NumberRule rule) {}

  /**
   * What was read.
   *
   * @param pieces what the network makes of the number's images, in their order; null of one that
   *     need not be read
   */
  public record Read(NumberReading number, List<Reading> pieces) {}

  /**
   * Images to look at.
   *
   * @param task its place among all
   * @param images by their places in its number
   */
  private record Look(int task, List<Integer> images) {}

  /** Reads numbers, the pieces of all together. */
  public List<Read> read(List<Task> tasks) {
    List<List<Reading>> pieces = new ArrayList<>();
    for (Task task : tasks) {
      pieces.add(new ArrayList<>(Collections.nCopies(task.number.images().size(), null)));
    }
    look(tasks, pieces, task -> tasks.get(task).number.uncut());
    look(tasks, pieces, task -> needed(tasks.get(task).number, pieces.get(task)));
    List<Read> all = new ArrayList<>();
    List<Look> unsure = new ArrayList<>();
    for (Task task : tasks) {
      Read read = read(task, pieces.get(all.size()));
      if (read.number.confidence() < SURE) {
        unsure.add(new Look(all.size(), likely(task.number, read.pieces)));
      }
      all.add(read);
    }
    lookAgain(tasks, all, unsure);
    return all;
  }

  /** Adds what the network makes of some images. */
  private void look(
      List<Task> tasks, List<List<Reading>> pieces, IntFunction<List<Integer>> images) {
    List<Look> looks =
        IntStream.range(0, tasks.size())
            .mapToObj(task -> new Look(task, images.apply(task)))
            .toList();
    Iterator<Reading> read = reader.readPieces(images(tasks, looks)).iterator();
    for (Look look : looks) {
      for (int image : look.images) {
        pieces.get(look.task).set(image, read.next());
      }
    }
  }

  private static List<DigitImage> images(List<Task> tasks, List<Look> looks) {
    return looks.stream()
        .flatMap(look -> look.images.stream().map(tasks.get(look.task).number.images()::get))
        .toList();
  }

  /** Returns the images that are still to be read, if those that were do not do. */
  private static List<Integer> needed(FreeNumber number, List<Reading> pieces) {
    return number.isPlain(pieces)
        ? List.of()
        : IntStream.range(0, pieces.size())
            .filter(image -> pieces.get(image) == null)
            .boxed()
            .toList();
  }

  private static List<Integer> likely(FreeNumber number, List<Reading> pieces) {
    double[] shares = number.shares(pieces);
    return IntStream.range(0, shares.length)
        .filter(image -> shares[image] > LEAST_SHARE)
        .boxed()
        .toList();
  }

  private void lookAgain(List<Task> tasks, List<Read> all, List<Look> unsure) {
    List<DigitImage> images = images(tasks, unsure);
    List<List<Reading>> others = HANDS.stream().map(hand -> readBy(hand, images)).toList();
    int from = 0;
    for (Look look : unsure) {
      List<Reading> means = new ArrayList<>(all.get(look.task).pieces);
      for (int image : look.images) {
        int at = from++;
        means.set(
            image, mean(means.get(image), others.stream().map(other -> other.get(at)).toList()));
      }
      all.set(look.task, read(tasks.get(look.task), means));
    }
  }

  private Read read(Task task, List<Reading> pieces) {
    return new Read(best.read(task.number.lattice(pieces), task.rule), pieces);
  }

  private List<Reading> readBy(OtherHand hand, List<DigitImage> images) {
    return reader.readPieces(images.stream().map(hand::draw).toList());
  }

  private static Reading mean(Reading first, List<Reading> others) {
    float share = 1f / (others.size() + 1);
    float[] digits = new float[DigitImage.CLASSES];
    double oneDigit = 0;
    List<Reading> all = new ArrayList<>(others);
    all.add(0, first);
    for (Reading reading : all) {
      add(digits, reading.probabilities(), share);
      oneDigit += reading.oneDigit() * share;
    }
    return Reading.of(digits, Math.min(1, oneDigit), first.pair().isEmpty() ? null : pair(all));
  }

  private static PairReading pair(List<Reading> all) {
    float[] left = new float[DigitImage.CLASSES];
    float[] right = new float[DigitImage.CLASSES];
    double probability = 0;
    for (Reading reading : all) {
      PairReading pair = reading.pair().orElseThrow();
      add(left, pair.left(), 1f / all.size());
      add(right, pair.right(), 1f / all.size());
      probability += pair.probability() / all.size();
    }
    return new PairReading(Math.min(1, probability), left, right);
  }

  private static void add(float[] sums, float[] probabilities, float share) {
    for (int digit = 0; digit < sums.length; digit++) {
      sums[digit] += share * probabilities[digit];
    }
  }
}
