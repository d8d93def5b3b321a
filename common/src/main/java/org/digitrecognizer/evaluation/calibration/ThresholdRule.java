// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.calibration;

import java.util.Optional;
import org.digitrecognizer.evaluation.Automation;
import org.digitrecognizer.evaluation.Automation.Basis;
import org.digitrecognizer.evaluation.Evaluation;

/** Where the threshold comes from, above which readings stand without a person. */
public final class ThresholdRule {

  private final double targetError;
  private final boolean counting;
  private final SiteCalibration site;

  private ThresholdRule(double targetError, boolean counting, SiteCalibration site) {
    this.targetError = targetError;
    this.counting = counting;
    this.site = site;
  }

  /**
   * The lowest threshold at which so many errors are counted, or at most expected where there are
   * no labels: for a split of a data set, whose labels are all known.
   *
   * @param targetError the error rate that what stands may have, 0..1
   */
  public static ThresholdRule counted(double targetError) {
    return new ThresholdRule(targetError, true, null);
  }

  /**
   * The lowest threshold at which so many errors are expected, whatever labels there are: those of
   * digits that nobody drew by lot say nothing about the rest.
   *
   * @param targetError the error rate that what stands may have, 0..1
   */
  public static ThresholdRule expected(double targetError) {
    return new ThresholdRule(targetError, false, null);
  }

  /** The threshold of a calibration. */
  public static ThresholdRule of(SiteCalibration site) {
    return new ThresholdRule(site.targetError(), false, site);
  }

  /** Returns the error rate that what stands may have, 0..1. */
  public double targetError() {
    return targetError;
  }

  /** Returns the calibration that the threshold is from, if it is from one. */
  public Optional<SiteCalibration> site() {
    return Optional.ofNullable(site);
  }

  /** Returns what can be read without a person. */
  public Automation automation(Evaluation evaluation) {
    return site == null
        ? evaluation.automation(basis(evaluation), targetError)
        : evaluation.automation(targetError, site.threshold());
  }

  /** Returns what the automation's error rates come from. */
  public Basis basis(Evaluation evaluation) {
    return counting ? evaluation.basis() : Basis.CALIBRATION;
  }
}
