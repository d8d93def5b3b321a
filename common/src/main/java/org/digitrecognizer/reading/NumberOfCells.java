// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.number.BestNumber;
import org.digitrecognizer.number.Lattice;
import org.digitrecognizer.number.NumberReading;
import org.digitrecognizer.number.NumberRule;

/**
 * Puts a number together whose digits are separate images. Blank cells may stand before and behind
 * the digits, as where a number is shorter than its field; any other cell without a digit is
 * missing. Not for two threads at once.
 */
public final class NumberOfCells {

  private static final NumberReading NOTHING =
      new NumberReading(null, 0, null, 0, 0, null, List.of());

  private final BestNumber best = new BestNumber();

  /** What there is of a number. */
  public enum Status {
    /** All its cells were read. */
    READ,
    /** A digit is missing, or could not be read. */
    INCOMPLETE,
    /** A cell is there more than once. */
    DUPLICATE
  }

  /**
   * A cell.
   *
   * @param position as its name says
   * @param reading what the network makes of it; null if it was rejected
   * @param blank whether it was rejected since there is no ink on it
   */
  public record Cell(int position, Reading reading, boolean blank) {}

  /**
   * A digit of the number.
   *
   * @param position of its cell
   * @param digit 0 to 9: as the number has it or, where there is none, as the network reads it
   * @param confidence of it alone, 0..1
   */
  public record Digit(int position, int digit, double confidence) {}

  /**
   * What came of it.
   *
   * @param number what was read; without a number unless it is READ
   * @param digits of the cells that were read, by position
   */
  public record Result(Status status, NumberReading number, List<Digit> digits) {}

  /**
   * Reads a number.
   *
   * @param cells in any order
   * @param first the position that numbers of this archive begin with, 0 or 1
   * @param damaged whether images of this archive are lost that nothing names: a number that may
   *     have had more cells is then {@link Status#INCOMPLETE}
   * @param rule of the field
   */
  public Result read(List<Cell> cells, int first, boolean damaged, NumberRule rule) {
    List<Cell> sorted = new ArrayList<>(cells);
    sorted.sort(Comparator.comparingInt(Cell::position));
    List<Cell> read = sorted.stream().filter(cell -> cell.reading != null).toList();
    Status status = status(sorted, read, first, damaged, rule);
    if (status != Status.READ) {
      return new Result(status, NOTHING, digits(read));
    }
    Lattice lattice =
        Lattice.ofCells(read.stream().map(cell -> cell.reading.probabilities()).toList());
    NumberReading number = best.read(lattice, rule);
    return new Result(status, number, number.number() == null ? digits(read) : of(number, read));
  }

  private static Status status(
      List<Cell> cells, List<Cell> read, int first, boolean damaged, NumberRule rule) {
    for (int i = 1; i < cells.size(); i++) {
      if (cells.get(i).position == cells.get(i - 1).position) {
        return Status.DUPLICATE;
      }
    }
    boolean broken = cells.stream().anyMatch(cell -> cell.reading == null && !cell.blank);
    boolean mayBeLonger = damaged && cells.size() < rule.mostDigits();
    boolean whole =
        !broken
            && !mayBeLonger
            && !read.isEmpty()
            && read.size() >= rule.leastDigits()
            && follow(cells, first)
            && follow(read, read.get(0).position);
    return whole ? Status.READ : Status.INCOMPLETE;
  }

  /** Whether no position is missing. */
  private static boolean follow(List<Cell> cells, int first) {
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).position != first + i) {
        return false;
      }
    }
    return true;
  }

  private static List<Digit> digits(List<Cell> read) {
    return read.stream()
        .map(cell -> new Digit(cell.position, cell.reading.digit(), cell.reading.confidence()))
        .toList();
  }

  private static List<Digit> of(NumberReading number, List<Cell> read) {
    return number.digits().stream()
        .map(digit -> new Digit(read.get(digit.id()).position, digit.digit(), digit.confidence()))
        .toList();
  }
}
