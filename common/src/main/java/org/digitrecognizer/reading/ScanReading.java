package org.digitrecognizer.reading;

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
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.scan.ScanPages;
import org.digitrecognizer.scan.ScanThumbnail;

/** The way of a task's scans: entry to pages to digit image to reading, in batches, to rows. */
public final class ScanReading {

  private final ArchiveReader archives;
  private final ScanDecoder decoder;
  private final ScanNormaliser normaliser;
  private final DigitReader reader;
  private final Truth truth;
  private final Sink sink;
  private final boolean lastAttempt;
  private final List<Waiting> batch = new ArrayList<>(DigitReader.BATCH_SIZE);
  private long found;
  private long planned;

  /** Where the results go. */
  public interface Sink {

    void read(Place place, DigitImage image, GreyImage scan, Reading reading, OptionalInt label)
        throws IOException;

    /**
     * @param scan null if nothing could be decoded
     */
    void rejected(Place place, Rejection rejection, GreyImage scan) throws IOException;
  }

  /** A digit that waits for its batch to be full. */
  private record Waiting(Place place, DigitImage image, GreyImage scan) {}

  public ScanReading(
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
   * Reads all that is in a range. Each entry that was planned is read or rejected, also where the
   * range ends before it: a row for each, so that what is lost counts as much as it is.
   *
   * @throws RetriedRead if the file system fails and Spark will try again
   */
  public void read(PlannedRange range) throws IOException {
    planned += range.images();
    if (range.rejection() != null) {
      reject(range, range.range().firstOrdinal(), range.images(), range.rejection());
      return;
    }
    try (Entries entries = new Entries(range)) {
      ArchiveEntry entry;
      while ((entry = entries.next()) != null) {
        read(range, entry);
      }
      reject(range, entries.ordinal, entries.lost(), entries.whyLost());
    }
  }

  /** Reads what still waits for a batch to be full. */
  public void flush() throws IOException {
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
  public long found() {
    return found;
  }

  /** Returns how many images the ranges so far were to have at the least, as they were planned. */
  public long planned() {
    return planned;
  }

  private void read(PlannedRange range, ArchiveEntry entry) throws IOException {
    Place place = Place.of(range, entry);
    if (entry.rejection().isPresent()) {
      found++;
      sink.rejected(place, entry.rejection().get(), null);
      return;
    }
    try (ScanPages pages = decoder.decode(entry.bytes(), place.plain())) {
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
      sink.rejected(place, rejected.rejection(), null);
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

  /**
   * Rejects images whose names are not known.
   *
   * @param ordinal of the first
   */
  private void reject(PlannedRange range, long ordinal, long count, Rejection rejection)
      throws IOException {
    found += count;
    for (long i = 0; i < count; i++) {
      sink.rejected(Place.ofFile(range, ordinal + i), rejection, null);
    }
  }

  /** The entries of a range, up to where the file system fails for good. */
  private final class Entries implements AutoCloseable {

    private final PlannedRange range;
    private ArchiveEntries entries;
    private long files;
    private boolean failed;

    /** What made an end of it before its time; null if nothing did. */
    private Rejection end;

    /** Of the entry that is expected. */
    private long ordinal;

    Entries(PlannedRange range) {
      this.range = range;
      this.ordinal = range.range().firstOrdinal();
    }

    /** Returns the next entry, or null at the end. */
    ArchiveEntry next() throws IOException {
      try {
        if (entries == null) {
          entries = archives.open(new Path(range.path()), range.range());
        }
        return entries.hasNext() ? passed(entries.next()) : null;
      } catch (IOException e) {
        if (!lastAttempt) {
          throw new RetriedRead(range.path(), e);
        }
        failed = true;
        end = Rejection.storageFailed(e.toString());
        return null;
      }
    }

    private ArchiveEntry passed(ArchiveEntry entry) {
      files++;
      ordinal = entry.ordinal() + 1;
      if (Place.isArchiveItself(entry)) {
        end = entry.rejection().orElseThrow();
      }
      return entry;
    }

    /** Returns how many more there should have been; where they are not counted, one for all. */
    long lost() {
      if (range.hasCountedImages()) {
        return Math.max(0, range.images() - files);
      }
      return failed || files == 0 ? 1 : 0;
    }

    Rejection whyLost() {
      if (end != null) {
        return end;
      }
      if (range.isEmpty() || (!range.hasCountedImages() && range.range().firstOrdinal() == 0)) {
        return new Rejection(Reason.EMPTY, "The archive has no entries");
      }
      return new Rejection(
          Reason.UNREADABLE_ARCHIVE,
          String.format(
              "There were at least %d entries here when it was planned, and %d when it was read; it"
                  + " was changed in between",
              range.images(), files));
    }

    @Override
    public void close() throws IOException {
      if (entries != null) {
        entries.close();
      }
    }
  }
}
