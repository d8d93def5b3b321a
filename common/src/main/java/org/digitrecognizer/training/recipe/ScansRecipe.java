// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.training.augment.Example;

/** What reads real scans best. */
record ScansRecipe(long seed, double rho, double epsilon, double dropout, int epochs)
    implements Recipe {

  /**
   * Digits of MNIST that are made to look like scans are still easier than scans. Chosen on scans
   * of cheques and envelopes, so that of what is accepted at an expected error of 1 % no more is
   * wrong.
   */
  private static final double DOUBT = 1.3;

  private static final ExampleMaker EXAMPLES = ExampleMaker.scans(DigitNetwork.OUTPUTS);

  @Override
  public String name() {
    return "scans";
  }

  @Override
  public MultiLayerConfiguration configuration() {
    return ScansNetwork.configuration(seed, rho, epsilon, dropout);
  }

  @Override
  public int outputs() {
    return EXAMPLES.outputs();
  }

  @Override
  public int count(int digits) {
    return EXAMPLES.count(digits);
  }

  @Override
  public List<Example> examples(List<LabelledDigit> digits, long minibatchSeed) {
    return EXAMPLES.examples(digits, minibatchSeed);
  }

  @Override
  public List<LabelledDigit> hardened(List<LabelledDigit> digits, long partSeed) {
    return EXAMPLES.hardened(digits, partSeed);
  }

  /** Half a cosine (Loshchilov and Hutter 2017, equation 5, without restarts), epoch by epoch. */
  @Override
  public double learningRateFactor(int epoch) {
    return (1 + StrictMath.cos(Math.PI * (epoch - 1) / epochs)) / 2;
  }

  @Override
  public double doubt() {
    return DOUBT;
  }

  @Override
  public Map<String, Object> recorded() {
    Map<String, Object> recorded = new LinkedHashMap<>();
    recorded.put("rho", rho);
    recorded.put("epsilon", epsilon);
    recorded.put("denseDropout", dropout);
    recorded.put(SCHEDULED_EPOCHS, epochs);
    recorded.put("temperatureFactor", DOUBT);
    recorded.put(NORMALISATION, ScanNormaliser.NORMALISATION_VERSION);
    return recorded;
  }
}
