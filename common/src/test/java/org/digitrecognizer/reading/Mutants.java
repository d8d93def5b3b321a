// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.archive.ArchiveEntries;
import org.digitrecognizer.archive.ArchiveEntry;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.archive.ArchivePlan;
import org.digitrecognizer.archive.ArchivePlanner;
import org.digitrecognizer.archive.ArchiveReader;
import org.digitrecognizer.archive.RangeSize;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.scan.DamagedScans;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.scan.ScanPages;

/**
 * Damaged files of every format, alone and in archives, each made from its number alone; and the
 * way that a night takes through them, without its reader.
 */
final class Mutants {

  /** Small, so that a size made up by a flipped bit costs no time. */
  private static final ScanLimits SCANS = new ScanLimits(1 << 20, 200_000, 20);

  private static final ArchiveLimits ARCHIVES = new ArchiveLimits(1 << 20, 200, 1 << 18);

  private final List<byte[]> scans = DamagedScans.files();
  private final List<byte[]> archives =
      List.of(zip(false), zip(true), tar("tar"), tar("tar.gz"), tar("tar.xz"));
  private final ScanDecoder decoder = new ScanDecoder(SCANS);
  private final ScanNormaliser normaliser = new ScanNormaliser();
  private final Path file;

  /**
   * @param file receives one mutant after the other
   */
  Mutants(Path file) throws IOException {
    this.file = file;
  }

  private byte[] zip(boolean stored) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(stored ? 0 : 9);
      for (int i = 0; i < scans.size(); i++) {
        zip.putNextEntry(new ZipEntry(i + ".scan"));
        zip.write(scans.get(i));
      }
    }
    return bytes.toByteArray();
  }

  private byte[] tar(String kind) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            switch (kind) {
              case "tar.gz" -> new GzipCompressorOutputStream(bytes);
              case "tar.xz" -> new XZCompressorOutputStream(bytes);
              default -> bytes;
            })) {
      for (int i = 0; i < scans.size(); i++) {
        TarArchiveEntry entry = new TarArchiveEntry(i + ".scan");
        entry.setSize(scans.get(i).length);
        tar.putArchiveEntry(entry);
        tar.write(scans.get(i));
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** Returns the mutant of a number, the same whenever it is asked for. */
  byte[] mutant(int number) {
    int seed = number % (scans.size() + archives.size());
    byte[] whole = seed < scans.size() ? scans.get(seed) : archives.get(seed - scans.size());
    return DamagedScans.damage(whole, new Random(number));
  }

  /**
   * Reads a file as a night does.
   *
   * @return how many images of it are digits
   * @throws AssertionError if something of it is neither a digit nor a reason
   */
  int read(byte[] mutant) throws IOException {
    Files.write(file, mutant);
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    Configuration configuration = new Configuration(false);
    ArchiveReader reader = new ArchiveReader(configuration, ARCHIVES);
    int digits = 0;
    try (ArchivePlan plan =
        new ArchivePlanner(configuration, new RangeSize(Long.MAX_VALUE, Long.MAX_VALUE))
            .plan(path, mutant.length)) {
      while (plan.hasNext()) {
        try (ArchiveEntries entries = reader.open(path, plan.next())) {
          while (entries.hasNext()) {
            digits += digits(entries.next());
          }
        }
      }
    }
    return digits;
  }

  private int digits(ArchiveEntry entry) {
    if (entry.rejection().isPresent()) {
      requireReason(entry.rejection().get());
      return 0;
    }
    int digits = 0;
    try (ScanPages pages = decoder.decode(entry.bytes())) {
      assertThat(pages.count()).isBetween(1, SCANS.pages());
      while (pages.hasNext()) {
        digits += isDigit(pages.next()) ? 1 : 0;
      }
    }
    return digits;
  }

  private boolean isDigit(Outcome<GreyImage> page) {
    if (page instanceof Outcome.Rejected<GreyImage> rejected) {
      requireReason(rejected.rejection());
      return false;
    }
    GreyImage scan = ((Outcome.Ok<GreyImage>) page).value();
    assertThat((long) scan.pixels().length).isLessThanOrEqualTo(SCANS.pixels());
    Outcome<DigitImage> digit = normaliser.normalise(scan);
    if (digit instanceof Outcome.Rejected<DigitImage> rejected) {
      requireReason(rejected.rejection());
      return false;
    }
    return true;
  }

  private static void requireReason(Rejection rejection) {
    assertThat(rejection.detail()).isNotBlank().doesNotContain("\n");
  }
}
