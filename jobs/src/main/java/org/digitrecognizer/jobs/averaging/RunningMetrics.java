// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Loss and accuracy over an epoch's minibatches while they are trained on, dropout included: what
 * Keras prints as loss and accuracy. Sent to the workers, which add to it.
 */
public final class RunningMetrics extends BaseTrainingListener implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Losses are added up as whole numbers of this unit, so that the order does not matter. */
  private static final double UNIT = 0x1.0p-30;

  private final LongAccumulator loss;
  private final LongAccumulator withoutLoss;
  private final LongAccumulator correct;
  private final LongAccumulator examples;

  RunningMetrics(SparkContext context) {
    this.loss = context.longAccumulator("loss");
    this.withoutLoss = context.longAccumulator("minibatches without a finite loss");
    this.correct = context.longAccumulator("correct");
    this.examples = context.longAccumulator("examples");
  }

  @Override
  public void onBackwardPass(Model model) {
    MultiLayerNetwork network = (MultiLayerNetwork) model;
    INDArray labels = network.getLabels();
    INDArray probabilities =
        network.getOutputLayer().activate(false, LayerWorkspaceMgr.noWorkspaces());
    long right =
        probabilities
            .argMax(1)
            .eq(labels.argMax(1))
            .castTo(labels.dataType())
            .sumNumber()
            .longValue();
    correct.add(right);
    // NaN rounds to 0, which would be the best of losses.
    if (Double.isFinite(network.score())) {
      loss.add(Math.round(network.score() * labels.size(0) / UNIT));
    } else {
      withoutLoss.add(1);
    }
    examples.add(labels.size(0));
  }

  /** Returns the mean loss an example, in nats; NaN if that of any minibatch is not finite. */
  public double loss() {
    return withoutLoss.value() > 0 ? Double.NaN : loss.value() * UNIT / examples.value();
  }

  /** Returns the share read right, 0..1. */
  public double accuracy() {
    return (double) correct.value() / examples.value();
  }

  long examples() {
    return examples.value();
  }
}
