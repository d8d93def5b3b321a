// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.jobs.averaging.EpochPlan;
import org.digitrecognizer.jobs.averaging.PackedDigit;
import org.digitrecognizer.jobs.averaging.ParameterAveraging;
import org.digitrecognizer.jobs.averaging.Seeds;
import org.digitrecognizer.jobs.dataset.DigitsDataset;
import org.digitrecognizer.jobs.launch.console.Progress;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.StoredNetwork;
import org.digitrecognizer.training.FastLayers;
import org.digitrecognizer.training.recipe.ExampleMaker;
import org.nd4j.linalg.learning.config.Adam;
import scala.Tuple2;

/** Trains on from a model, with a site's scans and MNIST together. */
final class SiteTraining {

  /** Digits of MNIST trained on for each scan, so that other hands are not unlearnt. */
  static final int MNIST_A_SCAN = 3;

  private static final int MINIBATCH = 128;
  private static final int AVERAGING_FREQUENCY = 20;

  /**
   * Networks that are trained, each in another order. The mean of them reads better than any, and
   * has unlearnt less (Wortsman et al. 2022, "Model soups", section 3).
   */
  static final int NETWORKS = 3;

  private final JavaSparkContext context;
  private final AdaptOptions options;
  private final int cores;
  private final PrintWriter out;

  /**
   * @param cores that examples are dealt out to
   * @param out gets the progress
   */
  SiteTraining(JavaSparkContext context, AdaptOptions options, int cores, PrintWriter out) {
    this.context = context;
    this.options = options;
    this.cores = cores;
    this.out = out;
  }

  /**
   * Returns the mean of some networks that have learnt the same in other orders.
   *
   * @param scans to learn
   * @param count how many of them
   */
  StoredNetwork train(Model parent, DigitsDataset mnist, JavaRDD<SiteScan> scans, long count) {
    JavaPairRDD<Long, byte[][]> site =
        numbered(
                scans.map(
                    scan -> scan.views().stream().map(PackedDigit::pack).toArray(byte[][]::new)))
            .cache();
    JavaPairRDD<Long, byte[]> digits =
        numbered(
                mnist
                    .labelled(DigitsDataset.TRAIN)
                    .mapValues(PackedDigit::pack)
                    .sortByKey()
                    .values())
            .cache();
    long mnistCount = digits.count();
    long mnistAnEpoch = MNIST_A_SCAN * count;
    long examplesAnEpoch = count + mnistAnEpoch;
    EpochPlan plan = new EpochPlan(examplesAnEpoch, MINIBATCH, cores, AVERAGING_FREQUENCY);
    double[] sum = new double[parent.stored().parameters().length];
    try (Progress progress =
        Progress.of("Adapting", "images", examplesAnEpoch * options.epochs() * NETWORKS, out)) {
      for (int network = 0; network < NETWORKS; network++) {
        long seed = options.seed() + network;
        IntFunction<JavaPairRDD<Long, byte[]>> examples =
            epoch -> {
              long lot = Seeds.mix(seed, epoch);
              return aView(site, lot).union(slice(digits, mnistCount, lot, mnistAnEpoch, count));
            };
        add(trainOne(parent, examples, plan, seed, progress), sum);
      }
    } finally {
      site.unpersist();
      digits.unpersist();
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / NETWORKS);
    }
    return parent.stored().withParameters(mean);
  }

  private static void add(float[] parameters, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += parameters[i];
    }
  }

  /**
   * Returns a network's parameters.
   *
   * @param examples of an epoch, which are numbered from 1
   */
  private float[] trainOne(
      Model parent,
      IntFunction<JavaPairRDD<Long, byte[]>> examples,
      EpochPlan plan,
      long seed,
      Progress progress) {
    boolean tells = DigitNetwork.tellsOneDigit(parent.stored());
    ExampleMaker maker =
        ExampleMaker.adapting(tells ? DigitNetwork.outputs(parent.stored()) : DigitImage.CLASSES);
    MultiLayerNetwork network =
        FastLayers.withUpdater(
            FastLayers.speedUp(parent.network()), new Adam(options.learningRate()));
    for (int epoch = 1; epoch <= options.epochs(); epoch++) {
      network.setLearningRate(learningRate(epoch));
      new ParameterAveraging(context, examples.apply(epoch), plan, maker, seed)
          .trainEpoch(network, epoch, progress::add);
    }
    return StoredNetwork.of(network).parameters();
  }

  /** Half a cosine from the first epoch to 0 after the last. */
  private double learningRate(int epoch) {
    return options.learningRate()
        * (1 + StrictMath.cos(Math.PI * (epoch - 1) / options.epochs()))
        / 2;
  }

  /**
   * Returns one view of each scan.
   *
   * @param lot decides which: any number
   */
  private static JavaPairRDD<Long, byte[]> aView(JavaPairRDD<Long, byte[][]> scans, long lot) {
    return scans.mapToPair(
        scan -> {
          byte[][] views = scan._2();
          int view = (int) Math.floorMod(Seeds.mix(lot, scan._1()), (long) views.length);
          return new Tuple2<>(scan._1(), views[view]);
        });
  }

  private static <T> JavaPairRDD<Long, T> numbered(JavaRDD<T> digits) {
    return digits.zipWithIndex().mapToPair(Tuple2::swap);
  }

  /**
   * Returns some digits of MNIST, numbered.
   *
   * @param all how many there are
   * @param lot decides which are taken: any number
   * @param wanted how many of them, more than once where there are too few
   * @param first number of the first, after those of the scans
   */
  private static JavaPairRDD<Long, byte[]> slice(
      JavaPairRDD<Long, byte[]> digits, long all, long lot, long wanted, long first) {
    long start = Math.floorMod(lot, all);
    return digits.flatMapToPair(
        digit -> {
          List<Tuple2<Long, byte[]>> taken = new ArrayList<>();
          for (long at = Math.floorMod(digit._1() - start, all); at < wanted; at += all) {
            taken.add(new Tuple2<>(first + at, digit._2()));
          }
          return taken.iterator();
        });
  }
}
