package org.digitrecognizer.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.backend.FastLayers;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.model.DigitNetwork;
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

  private final JavaSparkContext context =
      JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
  private final List<byte[]> digits = digits();

  @Test
  void oneWorkerEqualsPlainDeeplearning4jUpdaterStateIncluded() {
    MultiLayerNetwork spark = train(network(), 1, 4, 2, true);
    MultiLayerNetwork plain = trainPlainly(network(), 4, 2);

    assertThat(spark.params()).isEqualTo(plain.params());
    assertThat(state(spark)).isEqualTo(state(plain));
  }

  @Test
  void withoutTheUpdaterStateItIsNotTheSame() {
    MultiLayerNetwork spark = train(network(), 1, 4, 2, false);
    MultiLayerNetwork plain = trainPlainly(network(), 4, 2);

    assertThat(spark.params()).isNotEqualTo(plain.params());
    assertThat(state(spark).norm2Number().doubleValue()).isZero();
  }

  @Test
  void ofTwoWorkersTheMeanIsTakenOfParametersAndState() {
    EpochPlan plan = new EpochPlan(EXAMPLES, BATCH_SIZE, 2, 0);
    MultiLayerNetwork spark = train(network(), 2, 0, 1, true);

    List<MultiLayerNetwork> workers = new ArrayList<>();
    Minibatches minibatches = minibatches(plan, 1);
    List<List<DataSet>> shares = minibatches.round(0).glom().collect();
    for (int worker = 0; worker < 2; worker++) {
      MultiLayerNetwork network = network();
      fit(network, shares.get(worker), 1, 0, worker);
      workers.add(network);
    }
    INDArray mean = workers.get(0).params().add(workers.get(1).params()).divi(2);
    INDArray meanState = state(workers.get(0)).add(state(workers.get(1))).divi(2);
    assertThat(spark.params().equalsWithEps(mean, 1e-6)).isTrue();
    assertThat(state(spark).equalsWithEps(meanState, 1e-6)).isTrue();
  }

  @Test
  void theSameSeedGivesTheSameNetworkToTheLastBit() {
    assertThat(train(network(), 2, 3, 2, true).params())
        .isEqualTo(train(network(), 2, 3, 2, true).params());
  }

  @Test
  void everyExampleIsTrainedOnOnceAnEpoch() {
    EpochPlan plan = new EpochPlan(EXAMPLES, BATCH_SIZE, 2, 3);
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
    RunningMetrics metrics = averaging(1, 4, true).trainEpoch(network(), 1, done -> {});
    assertThat(metrics.examples()).isEqualTo(EXAMPLES);
    assertThat(metrics.loss()).isBetween(0.5, 3.0);
    assertThat(metrics.accuracy()).isBetween(0.1, 0.9);
  }

  private MultiLayerNetwork train(
      MultiLayerNetwork network, int workers, int frequency, int epochs, boolean saveUpdater) {
    ParameterAveraging averaging = averaging(workers, frequency, saveUpdater);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      averaging.trainEpoch(network, epoch, done -> {});
    }
    return network;
  }

  private ParameterAveraging averaging(int workers, int frequency, boolean saveUpdater) {
    return new ParameterAveraging(
        context,
        examples(),
        new EpochPlan(EXAMPLES, BATCH_SIZE, workers, frequency),
        SEED,
        saveUpdater);
  }

  private MultiLayerNetwork trainPlainly(MultiLayerNetwork network, int frequency, int epochs) {
    EpochPlan plan = new EpochPlan(EXAMPLES, BATCH_SIZE, 1, frequency);
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
    return new Minibatches(examples(), plan, new EpochOrder(EXAMPLES, SEED, epoch));
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

  private static List<byte[]> digits() {
    return SmallMnist.train(EXAMPLES).stream()
        .map(digit -> PackedDigit.pack(digit.label(), digit.image().pixels()))
        .toList();
  }
}
