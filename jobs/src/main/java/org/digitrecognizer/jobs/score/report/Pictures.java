// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import java.util.List;
import org.digitrecognizer.evaluation.specimen.NumberSpecimen;
import org.digitrecognizer.evaluation.specimen.RejectSamples;
import org.digitrecognizer.evaluation.specimen.Specimen;

/**
 * What a report shows as pictures.
 *
 * @param leastCertain readings, the least certain first
 * @param mistakes wrong readings, the surest first
 * @param numbers the least certain first
 * @param contradicting numbers that others contradict, beside these
 * @param rejects some of each reason
 */
record Pictures(
    List<Specimen> leastCertain,
    List<Specimen> mistakes,
    List<NumberSpecimen> numbers,
    List<NumberSpecimen> contradicting,
    RejectSamples rejects) {

  static final int LEAST_CERTAIN = 500;
  static final int CONTRADICTING = 60;
  static final int MISTAKES = 60;
  static final int REJECTS_A_REASON = 6;
}
