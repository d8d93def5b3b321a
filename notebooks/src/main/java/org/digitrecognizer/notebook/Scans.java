// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.digitrecognizer.archive.ArchiveEntries;
import org.digitrecognizer.archive.ArchiveEntry;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.archive.ArchivePlan;
import org.digitrecognizer.archive.ArchivePlanner;
import org.digitrecognizer.archive.ArchiveRange;
import org.digitrecognizer.archive.ArchiveReader;
import org.digitrecognizer.archive.RangeSize;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanPages;
import org.digitrecognizer.scan.ScanThumbnail;

/** Finds the scans again that rows of {@code predictions}, {@code rejected} or a review name. */
public final class Scans {

  private final Configuration configuration = new Configuration();
  private final ArchivePlanner planner =
      new ArchivePlanner(configuration, new RangeSize(Long.MAX_VALUE, Long.MAX_VALUE));
  private final ArchiveReader reader = new ArchiveReader(configuration, ArchiveLimits.DEFAULT);
  private final ScanDecoder decoder = new ScanDecoder(ScanLimits.DEFAULT);

  private record Place(String archive, long ordinal, int page) {

    static Place of(Row row) {
      return new Place(
          row.getAs("archive").toString(),
          Long.parseLong(row.getAs("ordinal").toString()),
          Integer.parseInt(row.getAs("page").toString()));
    }
  }

  /**
   * Reads scans; each archive is read once, up to the last entry that is asked for.
   *
   * @param rows with the columns {@code archive}, {@code ordinal} and {@code page}
   * @return a scan a row, in the same order, made small; empty if it can no longer be read
   * @throws IOException if the file system fails
   */
  public List<Optional<GreyImage>> of(List<Row> rows) throws IOException {
    List<Place> places = rows.stream().map(Place::of).toList();
    Map<String, List<Place>> archives = places.stream().collect(groupingBy(Place::archive));
    Map<Place, GreyImage> found = new HashMap<>();
    for (Map.Entry<String, List<Place>> archive : archives.entrySet()) {
      Map<Long, List<Place>> entries =
          archive.getValue().stream().distinct().collect(groupingBy(Place::ordinal));
      readArchive(new Path(archive.getKey()), entries, found);
    }
    return places.stream().map(place -> Optional.ofNullable(found.get(place))).toList();
  }

  private void readArchive(Path archive, Map<Long, List<Place>> wanted, Map<Place, GreyImage> found)
      throws IOException {
    long length = archive.getFileSystem(configuration).getFileStatus(archive).getLen();
    try (ArchivePlan plan = planner.plan(archive, length)) {
      while (plan.hasNext() && !wanted.isEmpty()) {
        readRange(archive, plan.next(), wanted, found);
      }
    }
  }

  private void readRange(
      Path archive, ArchiveRange range, Map<Long, List<Place>> wanted, Map<Place, GreyImage> found)
      throws IOException {
    try (ArchiveEntries entries = reader.open(archive, range)) {
      while (!wanted.isEmpty() && entries.hasNext()) {
        ArchiveEntry entry = entries.next();
        List<Place> pages = wanted.remove(entry.ordinal());
        if (pages != null && entry.rejection().isEmpty()) {
          readPages(entry, pages, found);
        }
      }
    }
  }

  private void readPages(ArchiveEntry entry, List<Place> wanted, Map<Place, GreyImage> found) {
    try (ScanPages pages = decoder.decode(entry.bytes())) {
      for (int page = 0; pages.hasNext(); page++) {
        int index = page;
        if (pages.next() instanceof Outcome.Ok<GreyImage> decoded) {
          GreyImage small = ScanThumbnail.of(decoded.value());
          wanted.stream()
              .filter(place -> place.page == index)
              .forEach(place -> found.put(place, small));
        }
      }
    }
  }
}
