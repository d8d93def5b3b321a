// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import org.apache.spark.TaskContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Seeds the random numbers of dropout before each minibatch, from the run's seed and the
 * minibatch's place in the run: a run that is resumed, or a task that is run again, drops the same
 * activations. Each task has a copy of its own.
 */
final class MinibatchSeeds implements TrainingHook {

  private static final long serialVersionUID = 1L;

  private final long roundSeed;
  private long next;

  MinibatchSeeds(long seed, int epoch, int round) {
    this.roundSeed = Seeds.mix(seed, epoch, round);
  }

  @Override
  public void preUpdate(DataSet minibatch, Model model) {
    Nd4j.getRandom().setSeed(seed(roundSeed, TaskContext.getPartitionId(), next++));
  }

  /**
   * @param worker its number
   * @param minibatch of this worker in this round
   */
  static long seed(long roundSeed, int worker, long minibatch) {
    return Seeds.mix(roundSeed, worker, minibatch);
  }

  @Override
  public void postUpdate(DataSet minibatch, Model model) {}

  @Override
  public void preUpdate(MultiDataSet minibatch, Model model) {}

  @Override
  public void postUpdate(MultiDataSet minibatch, Model model) {}
}
