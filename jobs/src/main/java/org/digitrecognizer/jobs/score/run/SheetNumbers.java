// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.Row;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Png;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.form.Field;
import org.digitrecognizer.jobs.score.rows.CellRows;
import org.digitrecognizer.jobs.score.rows.PartWriter;
import org.digitrecognizer.number.FreeNumber.Box;
import org.digitrecognizer.reading.CellStrip;
import org.digitrecognizer.reading.NumberOfCells;
import org.digitrecognizer.review.AuditLots;
import org.digitrecognizer.review.LowestLots;

/** Puts the numbers of sheets together on an executor, field by field, from rows of cells. */
final class SheetNumbers {

  /** A number has fewer; of one with more, which is there many times over, these are looked at. */
  private static final int MOST_CELLS = 64;

  private final ChunkSettings settings;
  private final AuditLots audit;
  private final PartWriter numbers;
  private final PartWriter pictures;
  private final NumberOfCells reader = new NumberOfCells();

  /** Fields that other numbers may contradict. */
  private final Set<String> coupled;

  /** Pictures of sure numbers. */
  private final LowestLots<Group> drawn;

  private final Set<String> seen = new HashSet<>();
  private final List<Cell> cells = new ArrayList<>();
  private String archive;
  private String sheet;
  private String field;
  private int first;
  private boolean damaged;

  /** The number of before; null if there is none. */
  private Row old;

  private boolean fresh;
  private long written;

  /**
   * A cell.
   *
   * @param picture null if it is not there
   */
  private record Cell(String source, NumberOfCells.Cell read, GreyImage picture) {}

  /**
   * @param audit which of the sure numbers' pictures are kept
   */
  SheetNumbers(ChunkSettings settings, AuditLots audit, PartWriter numbers, PartWriter pictures) {
    this.settings = settings;
    this.audit = audit;
    this.coupled = settings.form().coupled();
    this.drawn = new LowestLots<>(audit.most());
    this.numbers = numbers;
    this.pictures = pictures;
  }

  /**
   * Puts them together.
   *
   * @param rows as {@link CellTable#bySheet} returns them
   * @return how many numbers there are
   */
  long write(Iterator<Row> rows) throws IOException {
    while (rows.hasNext()) {
      Row row = rows.next();
      boolean sameSheet = row.getAs("archive").equals(archive) && row.getAs("sheet").equals(sheet);
      if (!sameSheet) {
        endSheet();
        archive = row.getAs("archive");
        sheet = row.getAs("sheet");
        first = row.<Integer>getAs("first");
        damaged = row.getAs("damaged") != null;
      }
      if (!row.getAs("field").equals(field)) {
        endField();
        field = row.getAs("field");
      }
      add(row);
    }
    endSheet();
    for (Group picture : drawn.lowest()) {
      pictures.write(picture);
    }
    return written;
  }

  private void add(Row row) {
    int kind = row.<Integer>getAs("kind");
    if (kind == CellTable.OLD) {
      old = row;
      return;
    }
    fresh |= kind == CellTable.FRESH;
    if (cells.size() < MOST_CELLS) {
      String reason = row.getAs("reason");
      boolean blank = Reason.BLANK.name().equals(reason);
      Reading reading = reason == null ? reading(row) : null;
      int position = row.<Integer>getAs("position");
      byte[] picture = row.getAs("picture");
      cells.add(
          new Cell(
              row.getAs("source"),
              new NumberOfCells.Cell(position, reading, blank),
              picture == null ? null : decoded(picture)));
    }
  }

  private static Reading reading(Row row) {
    List<Float> boxed = row.getList(row.fieldIndex("probabilities"));
    float[] values = new float[boxed.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed.get(i);
    }
    return Reading.recorded(values, row.getAs("confidence"));
  }

  private static GreyImage decoded(byte[] picture) {
    try {
      return Png.decode(picture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number of which nothing new has come stays as it is. */
  private void endField() throws IOException {
    if (field != null && (fresh || old == null)) {
      write();
    }
    if (field != null) {
      seen.add(field);
    }
    field = null;
    fresh = false;
    old = null;
    cells.clear();
  }

  private void endSheet() throws IOException {
    endField();
    for (Field one : settings.form().fields()) {
      if (sheet != null && !seen.contains(one.name())) {
        field = one.name();
        write();
      }
    }
    field = null;
    seen.clear();
  }

  private void write() throws IOException {
    Field rules =
        settings.form().fields().stream()
            .filter(one -> one.name().equals(field))
            .findFirst()
            .orElseThrow();
    NumberOfCells.Result result =
        reader.read(cells.stream().map(Cell::read).toList(), first, damaged, rules.ruleOf(sheet));
    CellRows.Assembled number =
        new CellRows.Assembled(
            archive,
            settings.form().name(),
            sheet,
            field,
            cells.stream().map(Cell::source).toList(),
            result);
    Optional<String> label = settings.truth().number(number.name(), sheet, field);
    numbers.write(CellRows.number(number, label));
    written++;
    List<GreyImage> images = images();
    if (images.stream().allMatch(image -> image == null)) {
      return;
    }
    if (settings.pictured().keeps(result.number(), label)) {
      pictures.write(picture(number, label, images));
    } else if (coupled.contains(field)) {
      // However sure it is, another number may contradict it, tonight or later.
      pictures.write(picture(number, label, images).append("sure", true));
    } else if (audit.mayDraw(number.name())) {
      double lot = audit.lot(number.name());
      drawn.offer(lot, () -> picture(number, label, images).append("sure", true));
    }
  }

  private Group picture(CellRows.Assembled number, Optional<String> label, List<GreyImage> images) {
    CellStrip strip = CellStrip.of(images);
    List<CellRows.Shown> shown = new ArrayList<>();
    List<NumberOfCells.Digit> digits = new ArrayList<>(number.result().digits());
    for (int i = 0; i < images.size(); i++) {
      NumberOfCells.Cell cell = cells.get(i).read();
      boolean read = cell.reading() != null && !digits.isEmpty();
      NumberOfCells.Digit digit = read ? digits.remove(0) : null;
      shown.add(new CellRows.Shown(cell.position(), digit, strip.boxes().get(i)));
    }
    return CellRows.picture(number, label, strip.picture(), shown);
  }

  /** Cells of before are cut out of the old number's picture. */
  private List<GreyImage> images() {
    List<GreyImage> images = new ArrayList<>(cells.stream().map(Cell::picture).toList());
    if (old == null || old.getAs("picture") == null) {
      return images;
    }
    GreyImage picture = decoded(old.getAs("picture"));
    List<Row> there = new ArrayList<>(old.getList(old.fieldIndex("digits")));
    for (int i = 0; i < images.size(); i++) {
      int position = cells.get(i).read().position();
      Optional<Row> its =
          there.stream().filter(one -> one.<Integer>getAs("position") == position).findFirst();
      if (images.get(i) == null && its.isPresent()) {
        images.set(i, CellStrip.cut(picture, box(its.get().getAs("box"))));
        there.remove(its.get());
      }
    }
    return images;
  }

  private static Box box(Row box) {
    return new Box(
        box.<Integer>getAs("left"),
        box.<Integer>getAs("top"),
        box.<Integer>getAs("width"),
        box.<Integer>getAs("height"));
  }
}
