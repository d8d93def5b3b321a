// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.run;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.archive.ArchiveReader;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Png;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.form.CellName;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.jobs.launch.spark.Attempts;
import org.digitrecognizer.jobs.score.plan.PlanRows;
import org.digitrecognizer.jobs.score.rows.CellRows;
import org.digitrecognizer.jobs.score.rows.NumberRows;
import org.digitrecognizer.jobs.score.rows.OutputRows;
import org.digitrecognizer.jobs.score.rows.PartWriter;
import org.digitrecognizer.reading.CellPages;
import org.digitrecognizer.reading.CellStrip;
import org.digitrecognizer.reading.DigitPages;
import org.digitrecognizer.reading.NumberPages;
import org.digitrecognizer.reading.OneDigit;
import org.digitrecognizer.reading.Place;
import org.digitrecognizer.reading.PlannedRange;
import org.digitrecognizer.reading.ScanReading;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.review.AuditLots;
import org.digitrecognizer.review.LowestLots;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanNormaliser;

/**
 * Scores a task's ranges on an executor, into files that only the driver makes part of the output.
 *
 * @param staging folder of the chunk
 * @param token names the run, so that what executors of a dead one still write is no file of this
 * @param settings of the run
 * @param audit which of the sure readings' pictures are kept
 * @param attempts how often Spark tries
 * @param configuration of the Hadoop file systems
 */
record ChunkTask(
    String staging,
    String token,
    ChunkSettings settings,
    AuditLots audit,
    Attempts attempts,
    SerializableConfiguration configuration)
    implements Serializable {

  TaskResult run(Iterator<List<Row>> tasks) {
    return settings
        .network()
        .withReader(
            reader -> {
              try {
                return run(tasks, reader);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private TaskResult run(Iterator<List<Row>> tasks, DigitReader reader) throws IOException {
    Configuration hadoop = configuration.value();
    String part =
        String.format(
            "%05d-%d-%s.parquet",
            TaskContext.getPartitionId(), TaskContext.get().taskAttemptId(), token);
    Path folder = new Path(staging);
    try (PartWriter predictions = new PartWriter(new Path(folder, "p-" + part), hadoop);
        PartWriter rejects = new PartWriter(new Path(folder, "r-" + part), hadoop);
        PartWriter numbers = new PartWriter(new Path(folder, "n-" + part), hadoop);
        PartWriter pictures = new PartWriter(new Path(folder, "s-" + part), hadoop)) {
      Rows rows = new Rows(predictions, rejects, numbers, pictures);
      ScanReading reading =
          new ScanReading(
              new ArchiveReader(hadoop, settings.archiveLimits()),
              new ScanDecoder(settings.scanLimits()),
              pages(reader, rows),
              rows,
              attempts.mayBeLast());
      while (tasks.hasNext()) {
        List<PlannedRange> ranges = tasks.next().stream().map(PlanRows::range).toList();
        for (PlannedRange range : PlannedRange.joined(ranges)) {
          reading.read(range);
        }
      }
      reading.flush();
      rows.flush();
      settings.images().unplanned().add(reading.found() - reading.planned());
      return new TaskResult(
          predictions.fileName(),
          rejects.fileName(),
          numbers.fileName(),
          reading.found(),
          reading.planned(),
          pictures.fileName());
    }
  }

  private ScanReading.Pages pages(DigitReader reader, Rows rows) {
    if (settings.form() != null && settings.cells() == null) {
      return new NumberPages(settings.form(), settings.cutLimits(), reader, rows);
    }
    Truth truth = settings.cells() == null ? settings.truth() : Truth.UNKNOWN;
    DigitPages digits = new DigitPages(new ScanNormaliser(), reader, truth, rows);
    return settings.cells() == null ? digits : new CellPages(settings.cells(), digits, rows);
  }

  /** Writes rows and keeps what is worth showing. */
  private final class Rows implements ScanReading.Sink, NumberPages.Sink {

    private final PartWriter predictions;
    private final PartWriter rejects;
    private final PartWriter numbers;
    private final PartWriter pictures;

    /** Of sure readings. */
    private final LowestLots<Group> drawn = new LowestLots<>(audit.most());

    Rows(PartWriter predictions, PartWriter rejects, PartWriter numbers, PartWriter pictures) {
      this.predictions = predictions;
      this.rejects = rejects;
      this.numbers = numbers;
      this.pictures = pictures;
    }

    @Override
    public void read(
        Place place, DigitImage image, GreyImage scan, Reading reading, OptionalInt label)
        throws IOException {
      Optional<Rejection> rejection = OneDigit.rejection(reading);
      if (rejection.isPresent()) {
        rejected(place, rejection.get(), scan);
        return;
      }
      if (settings.cells() != null) {
        cell(place, scan, reading);
        return;
      }
      predictions.write(OutputRows.prediction(place, reading, label));
      if (settings.pictured().keeps(reading, label)) {
        pictures.write(OutputRows.picture(place, reading, label, image, Png.encode(scan)));
      } else if (audit.mayDraw(place.source())) {
        drawn.offer(
            audit.lot(place.source()),
            () ->
                OutputRows.picture(place, reading, label, image, Png.encode(scan))
                    .append("sure", true));
      }
      settings.images().scored().add(1);
    }

    /** Which numbers a person must look at is not known before all their cells are there. */
    private void cell(Place place, GreyImage scan, Reading reading) throws IOException {
      CellName cell = settings.cells().of(place).orElseThrow();
      predictions.write(CellRows.prediction(place, cell, reading));
      pictures.write(CellRows.picture(place, cell, CellStrip.cell(scan)));
      settings.images().scored().add(1);
    }

    void flush() throws IOException {
      for (Group row : drawn.lowest()) {
        pictures.write(row);
      }
    }

    @Override
    public void read(Place place, NumberPages.FieldReading field, NumberPages.Picture picture)
        throws IOException {
      for (int position = 0; position < field.digits().size(); position++) {
        predictions.write(NumberRows.digit(place, field, position));
      }
      Optional<String> truth =
          settings.truth().number(place.source(), field.sheet(), field.field());
      numbers.write(NumberRows.number(place, field, truth));
      if (settings.pictured().keeps(field.number(), truth)) {
        pictures.write(NumberRows.picture(place, field, truth, picture));
      } else if (settings.form().coupled().contains(field.field())) {
        // However sure it is, another number may contradict it, tonight or later.
        pictures.write(NumberRows.picture(place, field, truth, picture).append("sure", true));
      } else if (audit.mayDraw(place.source())) {
        drawn.offer(
            audit.lot(place.source()),
            () -> NumberRows.picture(place, field, truth, picture).append("sure", true));
      }
      settings.images().scored().add(1);
    }

    @Override
    public void rejected(Place place, Rejection rejection, GreyImage scan) throws IOException {
      if (settings.cells() != null) {
        rejectedCell(place, rejection, scan);
      } else {
        rejectedImage(place, rejection, scan);
      }
      settings.images().rejected().add(1);
    }

    private void rejectedCell(Place place, Rejection rejection, GreyImage scan) throws IOException {
      Optional<CellName> cell = settings.cells().of(place);
      rejects.write(CellRows.rejected(place, rejection, cell));
      if (scan != null) {
        pictures.write(CellRows.picture(place, rejection, cell, CellStrip.cell(scan)));
      }
    }

    private void rejectedImage(Place place, Rejection rejection, GreyImage scan)
        throws IOException {
      rejects.write(OutputRows.rejected(place, rejection));
      if (scan != null) {
        byte[] picture = Png.encode(scan);
        pictures.write(
            settings.form() == null
                ? OutputRows.picture(place, rejection, picture)
                : NumberRows.picture(place, rejection, picture));
      }
    }
  }
}
