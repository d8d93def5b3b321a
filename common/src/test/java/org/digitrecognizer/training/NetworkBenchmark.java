// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.training.recipe.ScansNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images a second of bare training and inference, stock layers against fast ones, in one thread and
 * in as many as there are processors. Run with OMP_NUM_THREADS=1; CONTRIBUTING.md has the command.
 */
public final class NetworkBenchmark {

  private static final int BATCH = 128;
  private static final int WARM_UP = 5;

  private NetworkBenchmark() {}

  /**
   * @param arguments batches a thread, default 30; "fast" to leave the stock layers out
   */
  public static void main(String[] arguments) throws InterruptedException {
    int batches = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    int processors = Runtime.getRuntime().availableProcessors();
    System.out.printf(
        "%-12s %8s %16s %16s%n", "layers", "threads", "train images/s", "infer images/s");
    for (int threads = 1; threads <= processors; threads *= 2) {
      if (arguments.length < 2) {
        report("keras", threads, batches / 5 + 1, keras());
        report("scans", threads, batches / 5 + 1, scans());
      }
      report("keras, fast", threads, batches, FastLayers.speedUp(keras()));
      report("scans, fast", threads, batches, FastLayers.speedUp(scans()));
    }
  }

  private static void report(String name, int threads, int batches, MultiLayerNetwork network)
      throws InterruptedException {
    double train = rate(threads, batches, network, true);
    double infer = rate(threads, batches, network, false);
    System.out.printf("%-12s %8d %16.0f %16.0f%n", name, threads, train, infer);
  }

  private static MultiLayerNetwork keras() {
    return network(DigitNetwork.configuration(DigitNetwork.Options.keras(1)));
  }

  private static MultiLayerNetwork scans() {
    return network(ScansNetwork.configuration(1, 0.95, 1e-6, 0.3));
  }

  private static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
    MultiLayerNetwork stock = new MultiLayerNetwork(configuration);
    stock.init();
    return stock;
  }

  private static double rate(int threads, int batches, MultiLayerNetwork network, boolean train)
      throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    long[] nanoseconds = new long[threads];
    for (int t = 0; t < threads; t++) {
      int worker = t;
      MultiLayerNetwork own = network.clone();
      Thread thread = new Thread(() -> nanoseconds[worker] = run(own, batches, train));
      workers.add(thread);
      thread.start();
    }
    double rate = 0;
    for (int t = 0; t < threads; t++) {
      workers.get(t).join();
      rate += (double) batches * BATCH / nanoseconds[t] * 1e9;
    }
    return rate;
  }

  private static long run(MultiLayerNetwork network, int batches, boolean train) {
    DataSet data =
        randomDigits((int) network.getLayer(network.getnLayers() - 1).getParam("b").length());
    INDArray features = data.getFeatures();
    long start = 0;
    for (int i = 0; i < WARM_UP + batches; i++) {
      if (i == WARM_UP) {
        start = System.nanoTime();
      }
      if (train) {
        network.fit(data);
      } else {
        network.output(features);
      }
    }
    return System.nanoTime() - start;
  }

  private static DataSet randomDigits(int classes) {
    Random random = new Random(1);
    INDArray features = Nd4j.rand(BATCH, DigitImage.HEIGHT, DigitImage.WIDTH, 1);
    INDArray labels = Nd4j.zeros(BATCH, classes);
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, random.nextInt(DigitImage.CLASSES), 1);
    }
    return new DataSet(features, labels);
  }
}
