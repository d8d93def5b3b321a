// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.calibration;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.ConfidenceBins;
import org.digitrecognizer.evaluation.calibration.FixedSequence.Candidate;
import org.digitrecognizer.model.Calibration;

/**
 * Readings of a fair sample, with their truth, in two halves: a hash of an image's source says
 * which it belongs to, so that it is the same in every run. One half says how sure the model may
 * be, and so which threshold is tested first; the thresholds are tested on the other. In bounded
 * memory, some 10 MB. Not thread-safe.
 */
public final class FairSample implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Two numbers, temperature and beginning, need no more. */
  private static final int MOST_FITTED = 100_000;

  /** So many thresholds are tested at most. */
  private static final int MOST_CANDIDATES = 500;

  private static final String SEED = "half ";

  // No record of the three: Spark may be set to Kryo, which cannot do records.
  private final List<float[]> probabilities = new ArrayList<>();
  private final List<Integer> truths = new ArrayList<>();
  private final List<Double> confidences = new ArrayList<>();
  private final long[] tested = new long[ConfidenceBins.COUNT];
  private final long[] wrong = new long[ConfidenceBins.COUNT];

  /**
   * Adds a reading.
   *
   * @param source of its image, which decides the half
   * @param truth the true digit, 0 to 9
   */
  public void add(String source, Reading reading, int truth) {
    if (isFitted(source)) {
      fit(reading.probabilities(), reading.confidence(), truth);
    } else {
      int bin = ConfidenceBins.index(Math.min(reading.confidence(), 1));
      tested[bin]++;
      wrong[bin] += reading.digit() == truth ? 0 : 1;
    }
  }

  private void fit(float[] reading, double confidence, int truth) {
    if (probabilities.size() < MOST_FITTED) {
      probabilities.add(reading);
      confidences.add(Math.min(confidence, 1));
      truths.add(truth);
    }
  }

  /** Adds all that the other has. */
  public void merge(FairSample other) {
    for (int i = 0; i < other.truths.size(); i++) {
      fit(other.probabilities.get(i), other.confidences.get(i), other.truths.get(i));
    }
    for (int i = 0; i < ConfidenceBins.COUNT; i++) {
      tested[i] += other.tested[i];
      wrong[i] += other.wrong[i];
    }
  }

  private static boolean isFitted(String source) {
    return (DigestUtils.sha256(SEED + source)[0] & 1) == 0;
  }

  /**
   * Returns what the sample says.
   *
   * @param targetError the error rate that what stands without a person may have, 0..1
   * @param modelSha256 of the model that read it
   * @param made when, in ISO 8601
   */
  public SiteCalibration calibrate(double targetError, String modelSha256, String made) {
    Calibration fitted = Calibration.fit(probabilities, truths);
    FixedSequence sequence = new FixedSequence(targetError);
    List<Candidate> candidates = FixedSequence.thinned(candidates(fitted), MOST_CANDIDATES);
    Optional<Candidate> chosen = sequence.choose(candidates);
    return new SiteCalibration(
        SiteCalibration.FORMAT,
        modelSha256,
        made,
        targetError,
        fitted.temperature(),
        chosen.map(Candidate::threshold).orElse(null),
        truths.size(),
        testedOn(),
        chosen.map(Candidate::sample).orElse(0L),
        chosen.map(Candidate::wrong).orElse(0L),
        chosen.map(c -> BinomialTest.upperBound(c.wrong(), c.sample())).orElse(null),
        chosen.isPresent() ? null : labelsNeeded(sequence, candidates));
  }

  private Long labelsNeeded(FixedSequence sequence, List<Candidate> candidates) {
    OptionalLong needed = sequence.labelsNeeded(candidates, truths.size() + testedOn());
    return needed.isPresent() ? needed.getAsLong() : null;
  }

  private long testedOn() {
    return LongStream.of(tested).sum();
  }

  /** Returns the thresholds at which one of the fitted readings begins to stand. */
  private List<Candidate> candidates(Calibration fitted) {
    double[] doubts = new double[ConfidenceBins.COUNT];
    long[] counts = new long[ConfidenceBins.COUNT];
    for (int i = 0; i < truths.size(); i++) {
      int bin = ConfidenceBins.index(confidences.get(i));
      counts[bin]++;
      doubts[bin] += doubt(i, fitted);
    }
    List<Candidate> candidates = new ArrayList<>();
    double doubt = 0.5;
    long count = 0;
    long sample = 0;
    long errors = 0;
    for (int bin = 0; bin < ConfidenceBins.COUNT; bin++) {
      doubt += doubts[bin];
      count += counts[bin];
      sample += tested[bin];
      errors += wrong[bin];
      if (counts[bin] > 0) {
        double threshold = ConfidenceBins.threshold(bin);
        candidates.add(new Candidate(threshold, doubt / count, sample, errors));
      }
    }
    return candidates;
  }

  /**
   * Returns how wrong a fitted reading is taken to be: half of it is what the tempered probability
   * says, which is smooth, and half whether it is wrong, which is true.
   */
  private double doubt(int index, Calibration fitted) {
    Reading reading = Reading.recorded(probabilities.get(index), confidences.get(index));
    double tempered = fitted.apply(reading.probabilities())[reading.digit()] * reading.oneDigit();
    boolean right = reading.digit() == truths.get(index);
    return (1 - Math.min(1, tempered) + (right ? 0 : 1)) / 2;
  }
}
