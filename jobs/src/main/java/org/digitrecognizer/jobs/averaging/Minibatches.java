// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.model.NativeLibrary;
import org.digitrecognizer.training.augment.Example;
import org.digitrecognizer.training.recipe.ExampleMaker;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import scala.Tuple2;
import scala.runtime.AbstractFunction1;

/**
 * An epoch's examples as minibatches in the order that plan and seed give. They are shuffled across
 * the cluster once an epoch as bytes; a round then reads only its own partitions. A task that is
 * run again gets the same minibatches.
 */
final class Minibatches {

  private final JavaPairRDD<Long, byte[]> shuffled;
  private final EpochPlan plan;
  private final ExampleMaker maker;
  private final long epochSeed;

  /**
   * @param examples number 0 … n-1 of each, and {@link PackedDigit} bytes
   * @param maker what makes examples of them
   * @param epochSeed of what it draws
   */
  Minibatches(
      JavaPairRDD<Long, byte[]> examples,
      EpochPlan plan,
      EpochOrder order,
      ExampleMaker maker,
      long epochSeed) {
    this.plan = plan;
    this.maker = maker;
    this.epochSeed = epochSeed;
    this.shuffled =
        examples
            .mapToPair(example -> new Tuple2<>(order.place(example._1()), example._2()))
            .repartitionAndSortWithinPartitions(new ByPlan(plan));
  }

  /** Returns the minibatches of a round, one partition a worker. */
  JavaRDD<DataSet> round(int round) {
    int first = round * plan.workers();
    int batchSize = plan.batchSize();
    ExampleMaker own = maker;
    long seed = epochSeed;
    return PartitionPruningRDD.create(shuffled.rdd(), new Between(first, first + plan.workers()))
        .toJavaRDD()
        .mapPartitionsWithIndex(
            (worker, rows) -> {
              NativeLibrary.require();
              return new Batches(rows, batchSize, own, Seeds.mix(seed, round, worker));
            },
            false);
  }

  /**
   * Makes one minibatch.
   *
   * @param outputs of the network
   * @return features {@code [batch, 28, 28, 1]}, float, 0 = paper and 1 = ink; labels {@code
   *     [batch, outputs]}, one-hot
   */
  static DataSet dataSet(List<Example> examples, int outputs) {
    int count = examples.size();
    float[] features = new float[count * DigitImage.SIZE];
    float[] labels = new float[count * outputs];
    for (int i = 0; i < count; i++) {
      examples.get(i).image().copyTo(features, i * DigitImage.SIZE);
      labels[i * outputs + examples.get(i).label()] = 1;
    }
    // Not reshaped: a view cannot be closed.
    return new DataSet(
        Nd4j.create(features, new long[] {count, DigitImage.HEIGHT, DigitImage.WIDTH, 1}, 'c'),
        Nd4j.create(labels, new long[] {count, outputs}, 'c'));
  }

  private static final class Batches implements Iterator<DataSet> {
    private final Iterator<Tuple2<Long, byte[]>> rows;
    private final int batchSize;
    private final ExampleMaker maker;
    private final long seed;
    private long made;

    Batches(Iterator<Tuple2<Long, byte[]>> rows, int batchSize, ExampleMaker maker, long seed) {
      this.rows = rows;
      this.batchSize = batchSize;
      this.maker = maker;
      this.seed = seed;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public DataSet next() {
      List<LabelledDigit> digits = new ArrayList<>(batchSize);
      while (digits.size() < batchSize && rows.hasNext()) {
        digits.add(PackedDigit.unpack(rows.next()._2()));
      }
      return dataSet(maker.examples(digits, Seeds.mix(seed, made++)), maker.outputs());
    }
  }

  private static final class ByPlan extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final EpochPlan plan;

    ByPlan(EpochPlan plan) {
      this.plan = plan;
    }

    @Override
    public int numPartitions() {
      return plan.partitions();
    }

    @Override
    public int getPartition(Object place) {
      return plan.partition((Long) place);
    }
  }

  private static final class Between extends AbstractFunction1<Object, Object>
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    private final int start;
    private final int end;

    Between(int start, int end) {
      this.start = start;
      this.end = end;
    }

    @Override
    public Object apply(Object partition) {
      int index = (Integer) partition;
      return index >= start && index < end;
    }
  }
}
