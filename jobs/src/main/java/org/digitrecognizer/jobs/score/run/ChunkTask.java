package org.digitrecognizer.jobs.score.run;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.archive.ArchiveReader;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.form.Form;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.jobs.launch.spark.Attempts;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.jobs.score.output.NumberRows;
import org.digitrecognizer.jobs.score.output.OutputRows;
import org.digitrecognizer.jobs.score.output.PartWriter;
import org.digitrecognizer.jobs.score.plan.PlanRows;
import org.digitrecognizer.jobs.score.report.PictureFile;
import org.digitrecognizer.jobs.score.report.Pictures;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.reading.DigitPages;
import org.digitrecognizer.reading.NumberPages;
import org.digitrecognizer.reading.Place;
import org.digitrecognizer.reading.ScanReading;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanNormaliser;

/**
 * Scores a task's ranges on an executor, into files that only the driver makes part of the output.
 *
 * @param staging folder of the chunk
 * @param token names the run, so that what executors of a dead one still write is no file of this
 * @param network that reads
 * @param truth where it is known
 * @param archiveLimits what stops bombs among archives
 * @param scanLimits what stops bombs among images
 * @param form what an image holds; null where it is one digit
 * @param cutLimits what stops numbers of too many pieces
 * @param attempts how often Spark tries
 * @param pictureBound a reading surer than this is not among the least certain
 * @param images counts what is read
 * @param configuration of the Hadoop file systems
 */
record ChunkTask(
    String staging,
    String token,
    NetworkBroadcast network,
    Truth truth,
    ArchiveLimits archiveLimits,
    ScanLimits scanLimits,
    Form form,
    CutLimits cutLimits,
    Attempts attempts,
    double pictureBound,
    ImageCounters images,
    SerializableConfiguration configuration)
    implements Serializable {

  TaskResult run(Iterator<List<Row>> tasks) {
    return network.withReader(
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
    String task =
        String.format(
            "%05d-%d-%s", TaskContext.getPartitionId(), TaskContext.get().taskAttemptId(), token);
    String part = task + ".parquet";
    Path folder = new Path(staging);
    Pictures pictures = new Pictures(pictureBound);
    try (PartWriter predictions = new PartWriter(new Path(folder, "p-" + part), hadoop);
        PartWriter rejects = new PartWriter(new Path(folder, "r-" + part), hadoop);
        PartWriter numbers = new PartWriter(new Path(folder, "n-" + part), hadoop)) {
      Rows rows = new Rows(predictions, rejects, numbers, pictures);
      ScanReading reading =
          new ScanReading(
              new ArchiveReader(hadoop, archiveLimits),
              new ScanDecoder(scanLimits),
              form == null
                  ? new DigitPages(new ScanNormaliser(), reader, truth, rows)
                  : new NumberPages(form, cutLimits, reader, rows),
              rows,
              attempts.isLast());
      while (tasks.hasNext()) {
        for (Row range : tasks.next()) {
          reading.read(PlanRows.range(range));
        }
      }
      reading.flush();
      images.unplanned().add(reading.found() - reading.planned());
      return new TaskResult(
          predictions.fileName(),
          rejects.fileName(),
          numbers.fileName(),
          reading.found(),
          reading.planned(),
          stage(pictures, new Path(folder, "s-" + task + ".json.gz")));
    }
  }

  /** Returns the file, or null if there is nothing to write. */
  private String stage(Pictures pictures, Path file) throws IOException {
    if (pictures.isEmpty()) {
      return null;
    }
    PictureFile.write(file.getFileSystem(configuration.value()), file, pictures);
    return file.toString();
  }

  /** Writes rows and keeps what is worth showing. */
  private final class Rows implements ScanReading.Sink, NumberPages.Sink {

    private final PartWriter predictions;
    private final PartWriter rejects;
    private final PartWriter numbers;
    private final Pictures pictures;

    Rows(PartWriter predictions, PartWriter rejects, PartWriter numbers, Pictures pictures) {
      this.predictions = predictions;
      this.rejects = rejects;
      this.numbers = numbers;
      this.pictures = pictures;
    }

    @Override
    public void read(
        Place place, DigitImage image, GreyImage scan, Reading reading, OptionalInt label)
        throws IOException {
      predictions.write(OutputRows.prediction(place, reading, label));
      pictures.read(place, image, scan, reading, label);
      images.scored().add(1);
    }

    @Override
    public void read(Place place, NumberPages.FieldReading field) throws IOException {
      for (int position = 0; position < field.digits().size(); position++) {
        predictions.write(NumberRows.digit(place, field, position));
      }
      numbers.write(NumberRows.number(place, field));
      images.scored().add(1);
    }

    @Override
    public void rejected(Place place, Rejection rejection, GreyImage scan) throws IOException {
      rejects.write(OutputRows.rejected(place, rejection));
      pictures.rejected(place, rejection, scan);
      images.rejected().add(1);
    }
  }
}
