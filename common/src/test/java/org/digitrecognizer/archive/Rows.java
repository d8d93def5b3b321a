// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;

/** What came out of an archive, planned and read as a job does, with the counts checked. */
record Rows(ArchiveFormat format, List<ArchiveRange> ranges, List<Row> rows) {

  /**
   * One entry.
   *
   * @param hash of the bytes, 1 if there are none
   * @param reason null if it was read
   */
  record Row(long ordinal, String name, int size, int hash, Reason reason, String detail) {

    static Row of(ArchiveEntry entry) {
      return new Row(
          entry.ordinal(),
          entry.name(),
          entry.size(),
          Arrays.hashCode(entry.bytes()),
          entry.rejection().map(Rejection::reason).orElse(null),
          entry.rejection().map(Rejection::detail).orElse(null));
    }
  }

  static final ArchiveLimits LIMITS = ArchiveLimits.DEFAULT;

  static Rows of(Path archive) throws IOException {
    return of(archive, Long.MAX_VALUE, LIMITS);
  }

  static Rows of(Path archive, long targetEntries) throws IOException {
    return of(archive, targetEntries, LIMITS);
  }

  static Rows of(Path archive, long targetEntries, ArchiveLimits limits) throws IOException {
    return of(
        new Configuration(),
        new org.apache.hadoop.fs.Path(archive.toUri()),
        Files.size(archive),
        targetEntries,
        limits);
  }

  static Rows of(
      Configuration configuration,
      org.apache.hadoop.fs.Path path,
      long length,
      long targetEntries,
      ArchiveLimits limits)
      throws IOException {
    List<ArchiveRange> ranges = new ArrayList<>();
    ArchiveFormat format;
    try (ArchivePlan plan =
        new ArchivePlanner(configuration, new RangeSize(targetEntries, Long.MAX_VALUE))
            .plan(path, length)) {
      format = plan.format();
      while (plan.hasNext()) {
        ranges.add(plan.next());
      }
    }
    List<Row> rows = new ArrayList<>();
    ArchiveReader reader = new ArchiveReader(configuration, limits);
    for (ArchiveRange range : ranges) {
      rows.addAll(read(reader, path, range));
    }
    return new Rows(format, ranges, rows);
  }

  private static List<Row> read(
      ArchiveReader reader, org.apache.hadoop.fs.Path path, ArchiveRange range) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (ArchiveEntries entries = reader.open(path, range)) {
      while (entries.hasNext()) {
        rows.add(Row.of(entries.next()));
      }
      assertThat(entries.found()).isEqualTo(rows.size());
    }
    if (range.isCounted()) {
      assertThat(rows).as("planned %s", range).hasSize((int) range.files());
    }
    return rows;
  }

  List<String> names() {
    return rows.stream().map(Row::name).toList();
  }

  Row row(String name) {
    return rows.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  List<Row> read() {
    return rows.stream().filter(row -> row.reason() == null).toList();
  }

  List<Row> rejected() {
    return rows.stream().filter(row -> row.reason() != null).toList();
  }
}
