// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import org.digitrecognizer.evaluation.calibration.SiteCalibration;

/** Says in plain sentences what a calibration comes to. */
public final class CalibrationWords {

  private final Numbers numbers = new Numbers();
  private final SiteCalibration site;

  public CalibrationWords(SiteCalibration site) {
    this.site = site;
  }

  /** Returns where it comes from. */
  String basis() {
    return String.format(
        "The threshold is that of a calibration of %s from %s of a fair sample: where the tests"
            + " begin was made out on %s of them, the thresholds were tested on the other %s. The"
            + " error rates below are what the model's own confidences lead one to expect.",
        site.made(),
        numbers.count(site.labels(), "label"),
        numbers.count(site.fittedOn()),
        numbers.count(site.testedOn()));
  }

  /** Returns what was found at or above the threshold, or what it would take to find one. */
  public String finding() {
    return site.threshold() == null
        ? String.format(
            "No threshold is shown to keep the error rate within %s, so everything goes to a"
                + " person. %s",
            numbers.shortPercent(site.targetError()), remedy())
        : String.format(
            "At or above %s, %s of %s of a fair sample were wrong: with 95 %% confidence at most"
                + " %s.",
            numbers.probability(site.threshold()),
            numbers.count(site.wrong()),
            numbers.count(site.accepted(), "digit"),
            numbers.percent(site.errorBound()));
  }

  private String remedy() {
    return site.labelsNeeded() == null
        ? "The model errs too often for more labels to show it."
        : String.format(
            "Some %s of a fair sample would do, and it has %s.",
            numbers.count(rounded(site.labelsNeeded()), "label"), numbers.count(site.labels()));
  }

  /** Rounds up to two digits: it is a guess. */
  private static long rounded(long labels) {
    long unit = Math.max(1, Math.round(Math.pow(10, Math.floor(Math.log10((double) labels)) - 1)));
    return (labels + unit - 1) / unit * unit;
  }
}
