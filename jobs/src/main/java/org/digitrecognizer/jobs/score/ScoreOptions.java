// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;
import org.digitrecognizer.jobs.launch.spark.Pipeline;
import org.digitrecognizer.jobs.score.report.ReportOptions;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.review.AuditSize;
import org.digitrecognizer.scan.ScanLimits;

/**
 * What a scoring run is told.
 *
 * @param archives a directory, a file, or a glob of either
 * @param model the model directory
 * @param modelSha256 of its model.json in hexadecimal; null for any
 * @param output where predictions, rejects and reports are
 * @param labels a CSV file of true digits; null for none
 * @param labelPattern a regular expression whose one group is the digit in an entry's name; null
 *     for none
 * @param form the YAML file that says what an image holds; null where it is one digit
 * @param imagesUnderWay the most images that a kill can cost, at least 1
 * @param archiveLimits what stops bombs among archives
 * @param scanLimits what stops bombs among images and documents
 * @param cutLimits what stops numbers of too many pieces
 * @param targetError the error rate that what is read without a person may have, 0..1
 * @param site what is known of how far the model may be trusted on these scans
 * @param doubleKey whether two people are to key each item of the desk blind
 * @param audit how many of what stands without a person are drawn in a run for people to check
 * @param settleMinutes files that changed in the last so many minutes are left for the next run
 * @param reread whether files that were rewritten since they were read are read again
 * @param overwrite whether an output that is there is replaced by a new one
 */
public record ScoreOptions(
    String archives,
    Path model,
    String modelSha256,
    Path output,
    Path labels,
    String labelPattern,
    Path form,
    long imagesUnderWay,
    ArchiveLimits archiveLimits,
    ScanLimits scanLimits,
    CutLimits cutLimits,
    double targetError,
    SiteOptions site,
    boolean doubleKey,
    AuditSize audit,
    int settleMinutes,
    boolean reread,
    boolean overwrite) {

  /** Returns the most images of a chunk: all that are under way are what a kill can cost. */
  long chunkImages() {
    return Math.max(1, imagesUnderWay / Pipeline.AT_ONCE);
  }

  /**
   * Returns what the reports are told of it.
   *
   * @param calibration that {@link #site} names; null for none
   */
  ReportOptions report(SiteCalibration calibration) {
    String fromNames = labelPattern == null ? null : "names that match " + labelPattern;
    String from = labels == null ? fromNames : labels.toString();
    return new ReportOptions(
        archives,
        model,
        from,
        form != null,
        targetError,
        site.fairSample(),
        calibration,
        doubleKey,
        audit);
  }

  /**
   * Returns the time after which a file must not have changed to be read now, in milliseconds since
   * 1970.
   */
  long settledBefore() {
    return settleMinutes == 0
        ? Long.MAX_VALUE
        : Instant.now().minus(Duration.ofMinutes(settleMinutes)).toEpochMilli();
  }
}
