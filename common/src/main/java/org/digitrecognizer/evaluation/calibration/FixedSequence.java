// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Chooses a threshold whose bound holds after choosing: the thresholds, where they begin included,
 * are put in an order before the sample is looked at that tests them; then they are tested one
 * after the other, and the first that fails ends it. The chance that one is taken that does not
 * keep the target is that of a single test (Angelopoulos et al., "Learn then Test", 2021, section
 * 2.2, arXiv 2110.01052).
 *
 * @param targetError the error rate that what is at or above the threshold may have, 0..1
 */
record FixedSequence(double targetError) {

  /** Beyond so many times the labels that there are, nobody will label. */
  private static final double MOST_TIMES = 1000;

  /** These were unlucky, or the guess is: what is asked for is more in any case. */
  private static final double FEWEST_TIMES = 1.5;

  /** Normal quantiles of 97.5 % and 80 %. */
  private static final double Z_CONFIDENCE = 1.96;

  private static final double Z_LIKELY = 0.842;

  /**
   * A threshold to be tested.
   *
   * @param threshold the lowest confidence that stands, 0..1
   * @param expected the error rate that is expected at or above it, without regard to the sample
   *     that tests it
   * @param sample how many of that are at or above it
   * @param wrong how many of these are wrong
   */
  record Candidate(double threshold, double expected, long sample, long wrong) {

    /** Returns the best guess at the error rate, once the test is over. */
    double guess() {
      return sample == 0 ? expected : (expected + (wrong + 0.5) / sample) / 2;
    }
  }

  /**
   * Returns the last that holds of those that are tested.
   *
   * @param candidates from the highest threshold to the lowest
   */
  Optional<Candidate> choose(List<Candidate> candidates) {
    Optional<Candidate> chosen = Optional.empty();
    for (Candidate candidate : candidates.subList(start(candidates), candidates.size())) {
      if (candidate.wrong > BinomialTest.mostHits(candidate.sample, targetError)) {
        return chosen;
      }
      chosen = Optional.of(candidate);
    }
    return chosen;
  }

  /** The test that is expected to hold most surely comes first; of equals the highest threshold. */
  private int start(List<Candidate> candidates) {
    int start = 0;
    double best = -1;
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      double chance = chance(candidate.sample, candidate.expected);
      if (chance > best) {
        start = i;
        best = chance;
      }
    }
    return start;
  }

  /** Returns how probable it is that a sample of such an error rate passes the test. */
  private double chance(long sample, double errorRate) {
    long most = BinomialTest.mostHits(sample, targetError);
    double mean = sample * errorRate;
    double sum = 0;
    for (long i = 0; i <= most; i++) {
      sum += Math.exp(i * Math.log(mean) - mean - LogFactorial.of(i));
    }
    return sum;
  }

  /**
   * Returns how many labels would likely do to find a threshold where these did not: by the normal
   * approximation, how large a sample must be for the test to hold four times in five.
   *
   * @param labels that there are, in both halves
   * @return empty if no thinkable number would do: the model errs too often
   */
  OptionalLong labelsNeeded(List<Candidate> candidates, long labels) {
    long least = 2 * leastSample();
    OptionalDouble times =
        candidates.stream()
            .filter(candidate -> candidate.sample > 0 && candidate.guess() < targetError)
            .mapToDouble(candidate -> sampleNeeded(candidate.guess()) / candidate.sample)
            .filter(more -> more < MOST_TIMES)
            .min();
    if (times.isPresent()) {
      double more = Math.max(times.getAsDouble(), FEWEST_TIMES);
      return OptionalLong.of(Math.max(least, (long) Math.ceil(more * labels)));
    }
    return labels < least ? OptionalLong.of(least) : OptionalLong.empty();
  }

  private double sampleNeeded(double errorRate) {
    double spread = Z_CONFIDENCE * Math.sqrt(targetError) + Z_LIKELY * Math.sqrt(errorRate);
    return Math.max((double) leastSample(), Math.pow(spread / (targetError - errorRate), 2));
  }

  /** Returns how large a sample without a mistake must be to pass; 0 if none does. */
  private long leastSample() {
    return targetError > 0 && targetError < 1
        ? (long) Math.ceil(Math.log(BinomialTest.RISK) / Math.log1p(-targetError))
        : 0;
  }

  /** Returns the candidates in the order in which they are given, thinned to so many. */
  static List<Candidate> thinned(List<Candidate> candidates, int most) {
    int step = 1 + (candidates.size() - 1) / most;
    List<Candidate> thinned = new ArrayList<>();
    for (int i = step - 1; i < candidates.size(); i += step) {
      thinned.add(candidates.get(i));
    }
    return thinned;
  }
}
