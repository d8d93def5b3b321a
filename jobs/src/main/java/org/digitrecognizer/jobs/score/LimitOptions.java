// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.jobs.launch.cli.OptionCheck;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.scan.ScanLimits;
import picocli.CommandLine.Option;

/** What stops bombs and endless work among archives, scans and numbers; a picocli mixin. */
final class LimitOptions {

  @Option(
      names = "--max-entry-bytes",
      paramLabel = "N",
      defaultValue = "67108864",
      description = "Reject a file, or an entry of an archive, that unpacks to more bytes.")
  private long maxEntryBytes;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "50000000",
      description = "Reject an image or page with more pixels; known before it is decoded.")
  private long maxPixels;

  @Option(
      names = "--max-pages",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Reject a file of more pages.")
  private int maxPages;

  @Option(
      names = "--max-page-seconds",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "Reject a page of a PDF that takes more processor time to decode, by a small process"
              + " beside the executor; 0: no limit, and no process.")
  private int maxPageSeconds;

  @Option(
      names = "--max-compression-ratio",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Reject an entry that unpacks to more than N times its size, once that is over 16 MiB.")
  private int maxCompressionRatio;

  @Option(
      names = "--max-number-pixels",
      paramLabel = "N",
      defaultValue = "4000000",
      description = "With --form: reject an image of a number with more pixels.")
  private long maxNumberPixels;

  @Option(
      names = "--max-cuts",
      paramLabel = "N",
      defaultValue = "24",
      description = "With --form: try at most N cuts through touching digits of a number.")
  private int maxCuts;

  @Option(
      names = "--max-pieces",
      paramLabel = "N",
      defaultValue = "480",
      description = "With --form: reject a number whose ink makes more pieces than N.")
  private int maxPieces;

  void check(OptionCheck check) {
    check.inRange("--max-entry-bytes", maxEntryBytes, 1, ScanLimits.MOST_BYTES);
    check.inRange("--max-pixels", maxPixels, 1, ScanLimits.MOST_BYTES);
    check.inRange("--max-pages", maxPages, 1, Integer.MAX_VALUE);
    check.inRange("--max-page-seconds", maxPageSeconds, 0, 86_400);
    check.inRange("--max-compression-ratio", maxCompressionRatio, 1, Integer.MAX_VALUE);
    check.inRange("--max-number-pixels", maxNumberPixels, 1, ScanLimits.MOST_BYTES);
    check.inRange("--max-cuts", maxCuts, 0, 1000);
    check.inRange("--max-pieces", maxPieces, 1, 100_000);
  }

  ArchiveLimits archives() {
    return new ArchiveLimits(
        maxEntryBytes, maxCompressionRatio, ArchiveLimits.DEFAULT.ratioFreeBytes());
  }

  ScanLimits scans() {
    return new ScanLimits(maxEntryBytes, maxPixels, maxPages, maxPageSeconds);
  }

  CutLimits cuts() {
    return new CutLimits(maxNumberPixels, maxCuts, maxPieces);
  }
}
