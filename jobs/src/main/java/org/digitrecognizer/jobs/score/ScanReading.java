package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.archive.ArchiveEntries;
import org.digitrecognizer.archive.ArchiveEntry;
import org.digitrecognizer.archive.ArchiveReader;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.model.DigitReader;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.scan.ScanPages;
import org.digitrecognizer.scan.ScanThumbnail;

/** The way of a task's scans: entry to pages to digit image to reading, in batches, to rows. */
final class ScanReading {

  private final ArchiveReader archives;
  private final ScanDecoder decoder;
  private final ScanNormaliser normaliser;
  private final DigitReader reader;
  private final Truth truth;
  private final Sink sink;
  private final boolean lastAttempt;
  private final List<Waiting> batch = new ArrayList<>(DigitReader.BATCH_SIZE);
  private long found;

  /** Where the results go. */
  interface Sink {

    void read(Place place, DigitImage image, GreyImage scan, Reading reading, OptionalInt label)
        throws IOException;

    /**
     * @param scan null if nothing could be decoded
     */
    void rejected(Place place, Rejection rejection, GreyImage scan) throws IOException;
  }

  /** A digit that waits for its batch to be full. */
  private record Waiting(Place place, DigitImage image, GreyImage scan) {}

  ScanReading(
      ArchiveReader archives,
      ScanDecoder decoder,
      ScanNormaliser normaliser,
      DigitReader reader,
      Truth truth,
      Sink sink,
      boolean lastAttempt) {
    this.archives = archives;
    this.decoder = decoder;
    this.normaliser = normaliser;
    this.reader = reader;
    this.truth = truth;
    this.sink = sink;
    this.lastAttempt = lastAttempt;
  }

  /**
   * Reads all that is in a range.
   *
   * @throws RetriedRead if the file system fails and Spark will try again
   */
  void read(PlannedRange planned) throws IOException {
    if (planned.error() != null) {
      rejectRest(planned, planned.range().firstOrdinal(), planned.error());
      return;
    }
    long ordinal = planned.range().firstOrdinal();
    long files = 0;
    boolean damaged = false;
    ArchiveEntry entry;
    try (Range range = new Range(planned)) {
      while ((entry = range.next(ordinal)) != null) {
        read(planned, entry);
        ordinal = entry.ordinal() + 1;
        files++;
        damaged |= Place.isArchiveItself(entry);
      }
      if (files < planned.range().files() && !damaged && !range.failed) {
        rejectFile(
            planned,
            ordinal,
            Reason.UNREADABLE_ARCHIVE,
            String.format(
                "There were %d entries here when it was planned, and %d when it was read; it was"
                    + " changed in between",
                planned.range().files(), files));
      }
    }
  }

  /** Reads what still waits for a batch to be full. */
  void flush() throws IOException {
    List<DigitImage> images = batch.stream().map(Waiting::image).toList();
    List<Reading> readings = reader.read(images);
    for (int i = 0; i < readings.size(); i++) {
      Waiting waiting = batch.get(i);
      sink.read(
          waiting.place, waiting.image, waiting.scan, readings.get(i), truth.of(waiting.place));
    }
    batch.clear();
  }

  /** Returns how many images there were so far, read or rejected. */
  long found() {
    return found;
  }

  private void read(PlannedRange planned, ArchiveEntry entry) throws IOException {
    Place place = Place.of(planned, entry);
    if (entry.rejection().isPresent()) {
      found++;
      sink.rejected(place, entry.rejection().get(), null);
      return;
    }
    try (ScanPages pages = decoder.decode(entry.bytes())) {
      int count = pages.count();
      found += count;
      for (int index = 0; index < count; index++) {
        read(place.page(index, count), pages);
      }
    }
  }

  private void read(Place place, ScanPages pages) throws IOException {
    Outcome<GreyImage> page = pages.next();
    if (page instanceof Outcome.Rejected<GreyImage> rejected) {
      sink.rejected(place, placed(rejected.rejection(), place), null);
      return;
    }
    GreyImage scan = ((Outcome.Ok<GreyImage>) page).value();
    Outcome<DigitImage> digit = normaliser.normalise(scan);
    GreyImage thumbnail = ScanThumbnail.of(scan);
    if (digit instanceof Outcome.Rejected<DigitImage> rejected) {
      sink.rejected(place, rejected.rejection(), thumbnail);
      return;
    }
    batch.add(new Waiting(place, ((Outcome.Ok<DigitImage>) digit).value(), thumbnail));
    if (batch.size() == DigitReader.BATCH_SIZE) {
      flush();
    }
  }

  /** A file that is no archive is not inside one, though it may be an archive of a kind unknown. */
  private static Rejection placed(Rejection rejection, Place place) {
    return place.plain() && rejection.reason() == Reason.NESTED_ARCHIVE
        ? new Rejection(
            Reason.UNSUPPORTED_FORMAT,
            "This kind of archive is not read; pack it as zip or tar, or unpack it")
        : rejection;
  }

  private void rejectRest(PlannedRange planned, long ordinal, String error) throws IOException {
    rejectFile(
        planned,
        ordinal,
        Reason.READ_ERROR,
        "The file system failed here, at the last attempt: " + error);
  }

  private void rejectFile(PlannedRange planned, long ordinal, Reason reason, String detail)
      throws IOException {
    found++;
    sink.rejected(Place.ofFile(planned, ordinal), new Rejection(reason, detail), null);
  }

  /** The entries of a range, up to where the file system fails for good. */
  private final class Range implements AutoCloseable {

    private final PlannedRange planned;
    private ArchiveEntries entries;
    private boolean failed;

    Range(PlannedRange planned) {
      this.planned = planned;
    }

    /**
     * @param ordinal of the entry that is expected
     * @return null at the end
     */
    ArchiveEntry next(long ordinal) throws IOException {
      try {
        if (entries == null) {
          entries = archives.open(new Path(planned.path()), planned.range());
        }
        return entries.hasNext() ? entries.next() : null;
      } catch (IOException e) {
        if (!lastAttempt) {
          throw new RetriedRead(planned.path(), e);
        }
        failed = true;
        rejectRest(planned, ordinal, e.toString());
        return null;
      }
    }

    @Override
    public void close() throws IOException {
      if (entries != null) {
        entries.close();
      }
    }
  }
}
