// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.form.Field;
import org.digitrecognizer.form.Form;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.NumberReading;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanThumbnail;

/**
 * Reads pages that hold one number each. The pieces of several numbers fill the network's batches.
 */
public final class NumberPages implements ScanReading.Pages {

  private final Form form;
  private final Field field;
  private final CutLimits limits;
  private final NumberReader reader;
  private final Sink sink;
  private final List<Waiting> waiting = new ArrayList<>();
  private int pieces;

  /** Where the results go. */
  public interface Sink extends ScanReading.Rejects {

    /**
     * Takes a number.
     *
     * @param picture of its image
     */
    void read(Place place, FieldReading reading, Picture picture) throws IOException;
  }

  /**
   * What was read in a field.
   *
   * @param form its name
   * @param sheet which copy of the form it is
   * @param field its name
   * @param number the number as a whole
   * @param digits its digits, from left to right
   */
  public record FieldReading(
      String form, String sheet, String field, NumberReading number, List<FieldDigit> digits) {}

  /**
   * A digit of a number.
   *
   * @param digit 0 to 9, as the number has it
   * @param confidence of it alone, 0..1
   * @param reading what the network makes of its ink
   * @param box around its ink
   */
  public record FieldDigit(int digit, double confidence, Reading reading, FreeNumber.Box box) {}

  /**
   * An image that may be shown to a person.
   *
   * @param image small enough to keep many of them
   * @param scale pixels of the image for a pixel of the scan, at most 1
   */
  public record Picture(GreyImage image, double scale) {

    /** Numbers are wide, and what is written in them is to be read by people. */
    private static final int MOST_PIXELS = 320;

    static Picture of(GreyImage scan) {
      GreyImage image = ScanThumbnail.of(scan, MOST_PIXELS);
      return new Picture(image, (double) image.width() / scan.width());
    }
  }

  private record Waiting(Place place, FreeNumber number, Picture picture) {}

  /**
   * @param form whose images are numbers
   */
  public NumberPages(Form form, CutLimits limits, DigitReader reader, Sink sink) {
    this.form = form;
    this.field = form.fields().get(0);
    this.limits = limits;
    this.reader = new NumberReader(reader);
    this.sink = sink;
  }

  @Override
  public void read(Place place, GreyImage scan) throws IOException {
    Outcome<FreeNumber> number = FreeNumber.of(scan, limits);
    if (number instanceof Outcome.Rejected<FreeNumber> rejected) {
      sink.rejected(place, rejected.rejection(), Picture.of(scan).image());
      return;
    }
    FreeNumber cut = ((Outcome.Ok<FreeNumber>) number).value();
    waiting.add(new Waiting(place, cut, Picture.of(scan)));
    pieces += cut.images().size();
    if (pieces >= DigitReader.READ_AT_ONCE) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    List<NumberReader.Read> read = reader.read(waiting.stream().map(this::task).toList());
    for (int i = 0; i < read.size(); i++) {
      Waiting number = waiting.get(i);
      sink.read(number.place, fieldReading(number, read.get(i)), number.picture);
    }
    waiting.clear();
    pieces = 0;
  }

  private NumberReader.Task task(Waiting number) {
    return new NumberReader.Task(number.number, field.ruleOf(number.place.sheet()));
  }

  private FieldReading fieldReading(Waiting waiting, NumberReader.Read read) {
    List<FieldDigit> digits =
        read.number().digits().stream()
            .map(
                digit ->
                    new FieldDigit(
                        digit.digit(),
                        digit.confidence(),
                        waiting.number.reading(digit.id(), read.pieces()),
                        waiting.number.box(digit.id())))
            .toList();
    return new FieldReading(
        form.name(), waiting.place.sheet(), field.name(), read.number(), digits);
  }
}
