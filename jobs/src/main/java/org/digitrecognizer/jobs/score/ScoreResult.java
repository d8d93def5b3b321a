// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;
import org.digitrecognizer.review.Certificate;

/**
 * What a scoring run came to.
 *
 * @param files that were new
 * @param found images in them
 * @param scored how many of these were read
 * @param rejected how many were not
 * @param cellNumbers how many numbers their cells made; 0 unless images are cells
 * @param deferred files that changed too recently, and were left for the next run
 * @param changed files that were rewritten since they were read, and were not read again
 * @param unread files of which something could not be read before, and that were not tried again
 * @param labels that were given in a file
 * @param unmatchedLabels of them that match nothing in the output
 * @param labelled readings, of the whole output, whose truth the run was told
 * @param lateLabels of them those that were read before it was known: their rows do not have it
 * @param seconds that reading the images took, by the records of their chunks
 * @param whole metrics of the whole output, as in report/metrics.json
 * @param certificate on what stands without a person, as in report/certificate.json
 * @param report the page of the whole output
 * @param review what a person must look at, of the whole output; not report/review.csv where
 *     somebody has changed that
 * @param calibration that was made of a fair sample of labels; empty without one
 * @param runReport the page of this run; empty if there was nothing new
 */
public record ScoreResult(
    long files,
    long found,
    long scored,
    long rejected,
    long cellNumbers,
    long deferred,
    long changed,
    long unread,
    long labels,
    long unmatchedLabels,
    long labelled,
    long lateLabels,
    double seconds,
    Metrics whole,
    Certificate certificate,
    Path report,
    Path review,
    Optional<SiteCalibration> calibration,
    Optional<Path> runReport) {

  /** Returns which share of the new images was rejected, 0..1; 0 if there were none. */
  public double rejectedShare() {
    return found == 0 ? 0 : (double) rejected / found;
  }
}
