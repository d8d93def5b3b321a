// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.training.FastLayers;
import org.digitrecognizer.training.recipe.Recipe;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import scala.Tuple2;

/**
 * The oracle is plain Deeplearning4j: the same minibatches, one after the other, in one network.
 */
class ParameterAveragingTest {

  private static final int EXAMPLES = 400;
  private static final int BATCH_SIZE = 32;
  private static final long SEED = 5;
  private static final Recipe RECIPE = Recipe.keras(DigitNetwork.Options.keras(SEED));

  private final JavaSparkContext context =
      JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
  private final List<byte[]> digits = digits();

  @Test
  void oneWorkerEqualsPlainDeeplearning4jUpdaterStateIncluded() {
    MultiLayerNetwork spark = train(averaging(1, 4), 2);
    MultiLayerNetwork plain = trainPlainly(network(), 4, 2);

    assertSame(spark.params(), plain.params());
    assertSame(state(spark), state(plain));
  }

  @Test
  void withoutTheUpdaterStateItIsNotTheSame() {
    MultiLayerNetwork spark =
        train(new ParameterAveraging(context, examples(), plan(1, 4), RECIPE, SEED, false), 2);
    MultiLayerNetwork plain = trainPlainly(network(), 4, 2);

    assertThat(largestRelativeError(spark.params(), plain.params())).isGreaterThan(0.01);
    assertThat(state(spark).norm2Number().doubleValue()).isZero();
  }

  @Test
  void ofTwoWorkersTheMeanIsTakenOfParametersAndState() {
    MultiLayerNetwork spark = train(averaging(2, 0), 1);

    List<MultiLayerNetwork> workers = new ArrayList<>();
    Minibatches minibatches = minibatches(plan(2, 0), 1);
    List<List<DataSet>> shares = minibatches.round(0).glom().collect();
    for (int worker = 0; worker < 2; worker++) {
      MultiLayerNetwork network = network();
      fit(network, shares.get(worker), 1, 0, worker);
      workers.add(network);
    }
    INDArray mean = workers.get(0).params().add(workers.get(1).params()).divi(2);
    INDArray meanState = state(workers.get(0)).add(state(workers.get(1))).divi(2);
    assertThat(largestRelativeError(spark.params(), mean)).isLessThan(1e-6);
    assertThat(largestRelativeError(state(spark), meanState)).isLessThan(1e-6);
  }

  @Test
  void theSameSeedGivesTheSameNetworkToTheLastBit() {
    MultiLayerNetwork first = train(averaging(2, 3), 2);
    MultiLayerNetwork second = train(averaging(2, 3), 2);

    assertSame(first.params(), second.params());
    assertSame(state(first), state(second));
  }

  @Test
  void everyExampleIsTrainedOnOnceAnEpoch() {
    EpochPlan plan = plan(2, 3);
    Minibatches minibatches = minibatches(plan, 1);
    List<String> seen = new ArrayList<>();
    for (int round = 0; round < plan.rounds(); round++) {
      for (DataSet minibatch : minibatches.round(round).collect()) {
        for (int i = 0; i < minibatch.numExamples(); i++) {
          seen.add(minibatch.getFeatures().slice(i).toString() + minibatch.getLabels().getRow(i));
        }
      }
    }
    assertThat(seen).hasSize(EXAMPLES).doesNotHaveDuplicates();
  }

  @Test
  void lossAndAccuracyAreThoseOfTheExamplesTrainedOn() {
    RunningMetrics metrics = averaging(1, 4).trainEpoch(network(), 1, done -> {});
    assertThat(metrics.examples()).isEqualTo(EXAMPLES);
    assertThat(metrics.loss()).isBetween(0.5, 3.0);
    assertThat(metrics.accuracy()).isBetween(0.1, 0.9);
  }

  @Test
  void aLossThatIsNoNumberIsNotTakenForZero() {
    MultiLayerNetwork network = network();
    network.params().assign(Double.NaN);
    RunningMetrics metrics = new RunningMetrics(context.sc());
    network.setListeners(metrics);
    network.fit(dataSet(digits.subList(0, BATCH_SIZE)));

    assertThat(metrics.examples()).isEqualTo(BATCH_SIZE);
    assertThat(metrics.loss()).isNaN();
  }

  private static DataSet dataSet(List<byte[]> packed) {
    return Minibatches.dataSet(
        RECIPE.examples(packed.stream().map(PackedDigit::unpack).toList(), SEED), 10);
  }

  @Test
  void anEpochThatFailsLeavesNoJobDescription() {
    MultiLayerNetwork network = network();
    network.params().assign(Double.NaN);
    ParameterAveraging averaging = averaging(1, 4);
    assertThatThrownBy(() -> averaging.trainEpoch(network, 1, done -> {}))
        .isInstanceOf(UserException.class);
    assertThat(context.getLocalProperty("spark.job.description")).isNull();
  }

  private static MultiLayerNetwork train(ParameterAveraging averaging, int epochs) {
    MultiLayerNetwork network = network();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      averaging.trainEpoch(network, epoch, done -> {});
    }
    return network;
  }

  /** As a training run has it. */
  private ParameterAveraging averaging(int workers, int frequency) {
    return new ParameterAveraging(context, examples(), plan(workers, frequency), RECIPE, SEED);
  }

  private static EpochPlan plan(int workers, int frequency) {
    return new EpochPlan(EXAMPLES, BATCH_SIZE, workers, frequency);
  }

  private MultiLayerNetwork trainPlainly(MultiLayerNetwork network, int frequency, int epochs) {
    EpochPlan plan = plan(1, frequency);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      Minibatches minibatches = minibatches(plan, epoch);
      for (int round = 0; round < plan.rounds(); round++) {
        fit(network, minibatches.round(round).collect(), epoch, round, 0);
      }
    }
    return network;
  }

  private static void fit(
      MultiLayerNetwork network, List<DataSet> minibatches, int epoch, int round, int worker) {
    for (int i = 0; i < minibatches.size(); i++) {
      Nd4j.getRandom().setSeed(MinibatchSeeds.seed(Seeds.mix(SEED, epoch, round), worker, i));
      network.fit(minibatches.get(i));
    }
  }

  private Minibatches minibatches(EpochPlan plan, int epoch) {
    return new Minibatches(examples(), plan, new EpochOrder(EXAMPLES, SEED, epoch), RECIPE, epoch);
  }

  private JavaPairRDD<Long, byte[]> examples() {
    return context
        .parallelize(digits, 3)
        .zipWithIndex()
        .mapToPair(pair -> new Tuple2<>(pair._2(), pair._1()));
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(DigitNetwork.configuration(DigitNetwork.Options.keras(3)));
    network.init();
    return FastLayers.speedUp(network);
  }

  private static INDArray state(MultiLayerNetwork network) {
    return network.getUpdater().getStateViewArray();
  }

  /** To the last bit; INDArrays are equal where they are within 1e-5, which the state all is. */
  private static void assertSame(INDArray actual, INDArray expected) {
    assertThat(actual.toFloatVector()).isEqualTo(expected.toFloatVector());
  }

  private static double largestRelativeError(INDArray actual, INDArray expected) {
    float[] found = actual.toFloatVector();
    float[] wanted = expected.toFloatVector();
    double largest = 0;
    for (int i = 0; i < wanted.length; i++) {
      double error = Math.abs((double) found[i] - wanted[i]);
      largest = Math.max(largest, error / Math.max(Math.abs(wanted[i]), Float.MIN_NORMAL));
    }
    return largest;
  }

  private static List<byte[]> digits() {
    return SmallMnist.train(EXAMPLES).stream().map(PackedDigit::pack).toList();
  }
}
