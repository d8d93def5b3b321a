// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.form.CellNames;
import org.digitrecognizer.form.Field;
import org.digitrecognizer.form.Form;
import org.digitrecognizer.form.Form.ImageKind;

/** Sheets of numbers under a form, and what 'digits score' takes as their labels. */
final class NumberSamples {

  static final String HEADER = "sheet,field,number\n";

  private final Form form;
  private final NumberPainter painter;
  private final PngEncoder encoder;
  private final SheetDraw sheets;

  /**
   * @param file of the form, for messages
   */
  NumberSamples(
      Form form, String file, NumberPainter painter, PngEncoder encoder, SplittableRandom random) {
    this.form = form;
    this.painter = painter;
    this.encoder = encoder;
    this.sheets = new SheetDraw(form, file, random);
  }

  /**
   * Checks that such sheets can be drawn.
   *
   * @param name of the form's file, for messages
   * @throws UserException if it cannot; one line says what was expected
   */
  static void check(Form form, String name) {
    new SheetDraw(form, name, new SplittableRandom(0)).draw(sheet(0));
    for (Field field : form.fields()) {
      if (form.image() == ImageKind.CELLS && !isFound(form, field.name())) {
        throw new UserException(
            String.format(
                "%s: its 'group' finds no sheet, field and position in %s, as drawn cells are"
                    + " called; pass a form whose 'group' does",
                name, cell(0, field.name(), 0)));
      }
    }
  }

  private static boolean isFound(Form form, String field) {
    return new CellNames(form)
        .of(cell(0, field, 0))
        .filter(cell -> cell.sheet().equals(sheet(0)))
        .filter(cell -> cell.field().equals(field) && cell.position() == 0)
        .isPresent();
  }

  /** Returns the digits by their labels, those without ink left out. */
  static List<List<LabelledDigit>> byLabel(List<LabelledDigit> digits, String source) {
    List<List<LabelledDigit>> byLabel = new ArrayList<>();
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      List<LabelledDigit> some = digits.stream().filter(d -> isInked(d, wanted)).toList();
      if (some.isEmpty()) {
        throw new UserException(source + " holds no " + label + " to write numbers with");
      }
      byLabel.add(some);
    }
    return byLabel;
  }

  private static boolean isInked(LabelledDigit digit, int label) {
    if (digit.label() != label) {
      return false;
    }
    for (byte level : digit.image().pixels()) {
      if ((level & 0xff) > 200) {
        return true;
      }
    }
    return false;
  }

  /** Draws a sheet, and returns how many images it has. */
  int write(long index, EntryWriter archive, Writer labels) throws IOException {
    return form.image() == ImageKind.CELLS
        ? writeCells(index, archive, labels)
        : writeNumber(index, archive, labels);
  }

  private int writeNumber(long index, EntryWriter archive, Writer labels) throws IOException {
    String name = String.format("%06d.png", index);
    Field field = form.fields().get(0);
    String number = sheets.draw(name).get(field.name());
    archive.write(name, encoder.encode(painter.paint(number)));
    label(labels, name, field, number);
    return 1;
  }

  private int writeCells(long index, EntryWriter archive, Writer labels) throws IOException {
    Map<String, String> numbers = sheets.draw(sheet(index));
    int images = 0;
    for (Field field : form.fields()) {
      String number = numbers.get(field.name());
      List<BufferedImage> cells = painter.paintApart(number);
      for (int i = 0; i < cells.size(); i++) {
        archive.write(cell(index, field.name(), i), encoder.encode(cells.get(i)));
      }
      label(labels, sheet(index), field, number);
      images += cells.size();
    }
    return images;
  }

  private static void label(Writer labels, String sheet, Field field, String number)
      throws IOException {
    labels.write(sheet + "," + field.name() + "," + number + "\n");
  }

  private static String sheet(long index) {
    return String.format("sheet-%06d", index);
  }

  private static String cell(long index, String field, int position) {
    return String.format("%s/%s_%d.png", sheet(index), field, position);
  }
}
