// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Gives memory back that the garbage collector does not see. ND4J's arrays lie outside the heap and
 * are freed when the small objects that stand for them are collected, which a heap with room to
 * spare puts off for epochs.
 */
final class OffHeapRelease implements TrainingHook {

  private static final long serialVersionUID = 1L;

  /**
   * Every task leaves a network of some 20 MB behind; a collection takes about a tenth of a second.
   */
  private static final int TASKS_A_COLLECTION = 8;

  private static final AtomicInteger TASKS = new AtomicInteger();

  private boolean started;

  @Override
  public void preUpdate(DataSet minibatch, Model model) {
    if (!started) {
      started = true;
      if (TASKS.incrementAndGet() % TASKS_A_COLLECTION == 0) {
        System.gc();
      }
    }
  }

  @Override
  public void postUpdate(DataSet minibatch, Model model) {
    minibatch.getFeatures().close();
    minibatch.getLabels().close();
  }

  @Override
  public void preUpdate(MultiDataSet minibatch, Model model) {}

  @Override
  public void postUpdate(MultiDataSet minibatch, Model model) {}
}
