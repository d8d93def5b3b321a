// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.calibration.CalibrationFile;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;
import org.digitrecognizer.failure.UnreadableFile;
import org.digitrecognizer.failure.UserException;

/**
 * What a run is told of how far the model may be trusted on this site's scans.
 *
 * @param fairSample whether the labels are those of scans that were drawn by lot
 * @param calibration a calibration.json that an earlier fair sample has given; null for none
 */
public record SiteOptions(boolean fairSample, Path calibration) {

  /** Nothing is known of the site. */
  public static final SiteOptions NONE = new SiteOptions(false, null);

  /**
   * Reads the calibration.
   *
   * @param modelSha256 of the model that reads now
   * @param targetError that the run is to keep, 0..1
   * @return null if there is none
   * @throws UserException if the file is none, or of another model or target
   */
  SiteCalibration read(String modelSha256, double targetError, Configuration configuration)
      throws IOException {
    if (calibration == null) {
      return null;
    }
    SiteCalibration site = open(configuration);
    if (!site.modelSha256().equals(modelSha256)) {
      throw new UserException(
          String.format(
              "%s is of another model (SHA-256 %s, and not %s); give that model, or make a"
                  + " calibration of this one with --labels … --fair-sample",
              calibration, site.modelSha256(), modelSha256));
    }
    if (site.targetError() != targetError) {
      throw new UserException(
          String.format(
              "%s is for --target-error %s, and not for %s; give that, or make a calibration for"
                  + " this one with --labels … --fair-sample",
              calibration, site.targetError(), targetError));
    }
    return site;
  }

  private SiteCalibration open(Configuration configuration) throws IOException {
    FileSystem fs = calibration.getFileSystem(configuration);
    try (InputStream in = fs.open(calibration)) {
      return CalibrationFile.read(in, calibration.toString());
    } catch (FileNotFoundException e) {
      UnreadableFile.refuse(fs, calibration, e);
      throw new UserException(
          calibration + " is missing; make one with score --labels … --fair-sample", e);
    }
  }
}
