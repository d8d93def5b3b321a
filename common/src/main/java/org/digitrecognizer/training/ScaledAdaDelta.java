// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.AdaDeltaUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Adadelta whose step is multiplied by a learning rate, as Keras has it. Zeiler's (2012, algorithm
 * 1) has none, nor has Deeplearning4j's, whose state this one shares.
 */
public final class ScaledAdaDelta extends AdaDelta {

  private static final long serialVersionUID = 1L;

  private final double stepScale;

  /**
   * @param stepScale the learning rate; 1 is Zeiler's Adadelta
   */
  public ScaledAdaDelta(
      @JsonProperty("rho") double rho,
      @JsonProperty("epsilon") double epsilon,
      @JsonProperty("stepScale") double stepScale) {
    super(rho, epsilon);
    this.stepScale = stepScale;
  }

  /** Returns the learning rate. */
  public double getStepScale() {
    return stepScale;
  }

  @Override
  public GradientUpdater<AdaDelta> instantiate(INDArray viewArray, boolean initializeViewArray) {
    Updater updater = new Updater(this);
    updater.setStateViewArray(
        viewArray.reshape(viewArray.length()),
        new long[] {viewArray.length() / 2},
        viewArray.ordering(),
        initializeViewArray);
    return updater;
  }

  @Override
  public ScaledAdaDelta clone() {
    return new ScaledAdaDelta(getRho(), getEpsilon(), stepScale);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScaledAdaDelta scaled
        && super.equals(other)
        && scaled.stepScale == stepScale;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Double.hashCode(stepScale);
  }

  private static final class Updater extends AdaDeltaUpdater {
    private final double stepScale;

    Updater(ScaledAdaDelta config) {
      super(config);
      this.stepScale = config.stepScale;
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
      super.applyUpdater(gradient, iteration, epoch);
      gradient.muli(stepScale);
    }
  }
}
