// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import java.util.List;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.training.recipe.ExampleMaker;

/**
 * One epoch of training by parameter averaging (Su and Chen 2015, section 3). Changes the network
 * it is given.
 */
public final class ParameterAveraging {

  /** Sets the seeds of what is drawn apart from others of an epoch. */
  private static final long EXAMPLES = 0x6578_616d_706c_6573L;

  private final JavaSparkContext context;
  private final JavaPairRDD<Long, byte[]> examples;
  private final EpochPlan plan;
  private final ExampleMaker maker;
  private final long seed;
  private final boolean saveUpdater;

  /**
   * @param examples number 0 … n-1 of each, and {@link PackedDigit} bytes
   */
  public ParameterAveraging(
      JavaSparkContext context,
      JavaPairRDD<Long, byte[]> examples,
      EpochPlan plan,
      ExampleMaker maker,
      long seed) {
    this(context, examples, plan, maker, seed, true);
  }

  /**
   * @param saveUpdater false only to show what goes wrong then
   */
  ParameterAveraging(
      JavaSparkContext context,
      JavaPairRDD<Long, byte[]> examples,
      EpochPlan plan,
      ExampleMaker maker,
      long seed,
      boolean saveUpdater) {
    this.context = context;
    this.examples = examples;
    this.plan = plan;
    this.maker = maker;
    this.seed = seed;
    this.saveUpdater = saveUpdater;
  }

  /**
   * Trains on every example once.
   *
   * @param epoch counted from 1; gives the order of the examples, what is made of them, and what
   *     dropout drops
   * @param done told after each round how many examples it had
   * @return loss and accuracy over the epoch
   * @throws UserException if the network diverges
   */
  public RunningMetrics trainEpoch(MultiLayerNetwork network, int epoch, LongConsumer done) {
    RunningMetrics metrics = new RunningMetrics(context.sc());
    Minibatches minibatches =
        new Minibatches(
            examples,
            plan,
            new EpochOrder(plan.examples(), seed, epoch),
            maker,
            Seeds.mix(seed, EXAMPLES, epoch));
    try {
      for (int round = 0; round < plan.rounds(); round++) {
        context.setJobDescription(
            String.format("Epoch %d, round %d of %d", epoch, round + 1, plan.rounds()));
        List<TrainingHook> hooks =
            List.of(new MinibatchSeeds(seed, epoch, round), new OffHeapRelease());
        try (RoundTrainingMaster master =
            new RoundTrainingMaster(
                plan, maker.count(plan.batchSize()), saveUpdater, hooks, metrics)) {
          master.executeTraining(
              new SparkDl4jMultiLayer(context, network, master), minibatches.round(round));
        }
        requireNumbers(network, metrics, epoch);
        done.accept(plan.examplesInRound(round));
      }
    } finally {
      context.setJobDescription(null);
    }
    network.incrementEpochCount();
    return metrics;
  }

  /** Each round, since a network that has diverged never comes back. */
  private static void requireNumbers(MultiLayerNetwork network, RunningMetrics metrics, int epoch) {
    if (!Double.isFinite(metrics.loss())
        || !Double.isFinite(network.params().norm1Number().doubleValue())) {
      throw new UserException(
          String.format(
              "training diverged in epoch %d: the network's loss or parameters are no finite"
                  + " numbers; train it again with a lower --learning-rate",
              epoch));
    }
  }
}
