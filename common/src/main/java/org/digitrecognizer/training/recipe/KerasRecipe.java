// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.training.augment.Example;

/** Keras' example of MNIST. */
record KerasRecipe(DigitNetwork.Options options) implements Recipe {

  private static final ExampleMaker EXAMPLES = ExampleMaker.plain(DigitImage.CLASSES);

  @Override
  public String name() {
    return "keras";
  }

  @Override
  public MultiLayerConfiguration configuration() {
    return DigitNetwork.configuration(options);
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
  public List<Example> examples(List<LabelledDigit> digits, long seed) {
    return EXAMPLES.examples(digits, seed);
  }

  @Override
  public List<LabelledDigit> hardened(List<LabelledDigit> digits, long seed) {
    return EXAMPLES.hardened(digits, seed);
  }

  @Override
  public double learningRateFactor(int epoch) {
    return 1;
  }

  @Override
  public double doubt() {
    return 1;
  }

  @Override
  public Map<String, Object> recorded() {
    DigitNetwork.Layers layers = options.layers();
    Map<String, Object> recorded = new LinkedHashMap<>();
    recorded.put("rho", options.rho());
    recorded.put("epsilon", options.epsilon());
    recorded.put("convolutionDropout", options.convolutionDropout());
    recorded.put("denseDropout", options.denseDropout());
    recorded.put("firstFilters", layers.firstFilters());
    recorded.put("secondFilters", layers.secondFilters());
    recorded.put("kernelSize", layers.kernelSize());
    recorded.put("poolSize", layers.poolSize());
    recorded.put("denseUnits", layers.denseUnits());
    return recorded;
  }
}
