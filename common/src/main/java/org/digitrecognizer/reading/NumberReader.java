// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.util.ArrayList;
import java.util.List;
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
 * Reads freely written numbers. The pieces of one that is not sure are read again as other hands
 * would have written them, and what counts is the mean of what the network makes of all (as
 * Krizhevsky, Sutskever and Hinton, NIPS 2012, section 4.1, average over crops): it misreads fewer.
 * For one thread.
 */
public final class NumberReader {

  /** A number that is at least as sure is not read again. */
  private static final double SURE = 0.99;

  /** An image that fewer ways go through is not read again. */
  private static final double LEAST_SHARE = 0.01;

  /** Chosen on drawn numbers and real amounts; more hands than two are hardly better. */
  private static final List<OtherHand> HANDS =
      List.of(new OtherHand(0.1, 0.93, 0.97, 0.05), new OtherHand(-0.1, 1.07, 1.03, -0.05));

  private final DigitReader reader;
  private final BestNumber best = new BestNumber();

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
   * @param pieces what the network makes of the number's images, in their order
   */
  public record Read(NumberReading number, List<Reading> pieces) {}

  /** Reads numbers, the pieces of all together. */
  public List<Read> read(List<Task> tasks) {
    List<Reading> pieces =
        reader.readPieces(tasks.stream().flatMap(task -> task.number.images().stream()).toList());
    List<Read> all = new ArrayList<>();
    List<SecondLook> unsure = new ArrayList<>();
    int from = 0;
    for (Task task : tasks) {
      int to = from + task.number.images().size();
      Read read = read(task, pieces.subList(from, to));
      if (read.number.confidence() < SURE) {
        unsure.add(new SecondLook(all.size(), likely(task.number, read.pieces)));
      }
      all.add(read);
      from = to;
    }
    lookAgain(tasks, all, unsure);
    return all;
  }

  /**
   * A number to read again.
   *
   * @param place among all
   * @param images those that matter, by their places
   */
  private record SecondLook(int place, List<Integer> images) {}

  private static List<Integer> likely(FreeNumber number, List<Reading> pieces) {
    double[] shares = number.shares(pieces);
    return IntStream.range(0, shares.length)
        .filter(image -> shares[image] > LEAST_SHARE)
        .boxed()
        .toList();
  }

  private void lookAgain(List<Task> tasks, List<Read> all, List<SecondLook> unsure) {
    List<DigitImage> images =
        unsure.stream()
            .flatMap(look -> look.images.stream().map(tasks.get(look.place).number.images()::get))
            .toList();
    List<List<Reading>> others = HANDS.stream().map(hand -> readBy(hand, images)).toList();
    int from = 0;
    for (SecondLook look : unsure) {
      List<Reading> means = new ArrayList<>(all.get(look.place).pieces);
      for (int image : look.images) {
        int at = from++;
        means.set(
            image, mean(means.get(image), others.stream().map(other -> other.get(at)).toList()));
      }
      all.set(look.place, read(tasks.get(look.place), means));
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
