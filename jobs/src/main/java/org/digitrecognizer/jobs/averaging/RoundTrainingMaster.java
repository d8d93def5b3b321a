// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import java.util.List;
import org.apache.spark.api.java.JavaRDDLike;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;

/**
 * Deeplearning4j's parameter averaging for exactly one round: the RDD it is given has one partition
 * a worker with all the minibatches of the round. So it neither counts, splits nor repartitions,
 * keeps no RDD in memory, and its broadcast is destroyed when the round is over.
 */
final class RoundTrainingMaster extends ParameterAveragingTrainingMaster implements AutoCloseable {

  private transient Broadcast<NetBroadcastTuple> broadcast;
  private final transient List<TrainingListener> workerListeners;

  /**
   * @param minibatchSize examples a minibatch; Deeplearning4j would cut minibatches of another size
   *     anew
   * @param saveUpdater whether the updater state is averaged and handed on; Deeplearning4j's own
   *     default is not to, which leaves Adadelta in its warm-up for ever
   */
  RoundTrainingMaster(
      EpochPlan plan,
      int minibatchSize,
      boolean saveUpdater,
      List<TrainingHook> hooks,
      TrainingListener listener) {
    super(builder(plan, minibatchSize, saveUpdater, hooks));
    this.workerListeners = List.of(listener);
  }

  private static Builder builder(
      EpochPlan plan, int minibatchSize, boolean saveUpdater, List<TrainingHook> hooks) {
    return new Builder(plan.workers(), minibatchSize)
        .batchSizePerWorker(minibatchSize)
        .averagingFrequency(Math.toIntExact(plan.minibatchesPerWorker()))
        .saveUpdater(saveUpdater)
        .workerPrefetchNumBatches(0)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .repartionData(Repartition.Never)
        .storageLevel(null)
        .trainingHooks(hooks);
  }

  /** How many minibatches there are only decides into how many rounds they are split: one. */
  @Override
  protected <T, R extends JavaRDDLike<T, R>> long getTotalDataSetObjectCount(
      JavaRDDLike<T, R> minibatches) {
    return 1;
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkDl4jMultiLayer spark) {
    MultiLayerNetwork network = spark.getNetwork();
    broadcast =
        spark
            .getSparkContext()
            .broadcast(
                new NetBroadcastTuple(
                    network.getLayerWiseConfigurations(),
                    network.params(),
                    network.getUpdater().getStateViewArray()));
    WorkerConfiguration configuration =
        new WorkerConfiguration(
            false, rddDataSetNumExamples, batchSizePerWorker, averagingFrequency, 0, false);
    return new ParameterAveragingTrainingWorker(
        broadcast, saveUpdater, configuration, trainingHookList, workerListeners, null);
  }

  @Override
  public void close() {
    if (broadcast != null) {
      broadcast.destroy();
    }
  }
}
