// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.number.BestNumber;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.NumberReading;
import org.digitrecognizer.number.NumberRule;

/**
 * Reads freely written numbers. Where the digits stand apart no cut is tried. The pieces of one
 * that is not sure are read again, see {@link DigitReader#lookAgain}. For one thread.
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
    List<Reading> first =
        unsure.stream()
            .flatMap(look -> look.images.stream().map(all.get(look.task).pieces::get))
            .toList();
    Iterator<Reading> means = reader.lookAgain(images(tasks, unsure), first).iterator();
    for (Look look : unsure) {
      List<Reading> pieces = new ArrayList<>(all.get(look.task).pieces);
      for (int image : look.images) {
        pieces.set(image, means.next());
      }
      all.set(look.task, read(tasks.get(look.task), pieces));
    }
  }

  private Read read(Task task, List<Reading> pieces) {
    return new Read(best.read(task.number.lattice(pieces), task.rule), pieces);
  }
}
