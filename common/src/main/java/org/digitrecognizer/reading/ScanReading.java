// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
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
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanPages;

/** The way of a task's scans: range to entries, entry to pages, and each page to what reads it. */
public final class ScanReading {

  private final ArchiveReader archives;
  private final ScanDecoder decoder;
  private final Pages reading;
  private final Rejects sink;
  private final boolean lastAttempt;
  private long found;
  private long planned;

  /** What is done with pages, and where it is said that there is none. */
  public interface Pages {

    /** Reads a page, now or when the network's next batch is full. */
    void read(Place place, GreyImage scan) throws IOException;

    /** Reads what still waits for a batch to be full. */
    void flush() throws IOException;
  }

  /** Where rejections go. */
  public interface Rejects {

    /**
     * @param scan null if nothing could be decoded
     */
    void rejected(Place place, Rejection rejection, GreyImage scan) throws IOException;
  }

  /** Where digits and rejections go. */
  public interface Sink extends Rejects {

    void read(Place place, DigitImage image, GreyImage scan, Reading reading, OptionalInt label)
        throws IOException;
  }

  /**
   * @param reading what reads the pages
   * @param sink where it is said what is no page
   */
  public ScanReading(
      ArchiveReader archives,
      ScanDecoder decoder,
      Pages reading,
      Rejects sink,
      boolean lastAttempt) {
    this.archives = archives;
    this.decoder = decoder;
    this.reading = reading;
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
    reading.flush();
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
    reading.read(place, ((Outcome.Ok<GreyImage>) page).value());
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
