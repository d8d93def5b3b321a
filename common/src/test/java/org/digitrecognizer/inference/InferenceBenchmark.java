// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.inference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.mnist.LabelledDigits;
import org.digitrecognizer.mnist.MnistFiles;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.model.StoredNetwork;
import org.digitrecognizer.onnx.ReadingGraph;

/**
 * Images a second of reading digits that are in memory, a reader a thread. Which weights the
 * network has does not matter for that. Run by benchmarks/inference.sh.
 */
public final class InferenceBenchmark {

  private InferenceBenchmark() {}

  /**
   * @param arguments the directory of MNIST; how many images each thread reads, of the test split
   *     over and over; threads
   */
  public static void main(String[] arguments) throws Exception {
    List<DigitImage> digits = testSplit(new Path(arguments[0]));
    int rounds = Math.max(1, Integer.parseInt(arguments[1]) / digits.size());
    int threads = Integer.parseInt(arguments[2]);
    List<DigitReader> readers = readers(threads);
    run(readers, digits, 1);
    long start = System.nanoTime();
    run(readers, digits, rounds);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "batch %d images/s %.0f%n",
        DigitReader.BATCH_SIZE,
        (double) threads * rounds * digits.size() / seconds);
  }

  private static List<DigitImage> testSplit(Path directory) throws IOException {
    Configuration conf = new Configuration();
    List<DigitImage> digits = new ArrayList<>();
    try (LabelledDigits split =
        MnistFiles.find(directory, conf).test().read(0, Long.MAX_VALUE, conf)) {
      split.forEachRemaining(digit -> digits.add(digit.image()));
    }
    return digits;
  }

  private static List<DigitReader> readers(int threads) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(DigitNetwork.configuration(DigitNetwork.Options.keras(1)));
    network.init();
    DigitSession session = new DigitSession(ReadingGraph.of(StoredNetwork.of(network)));
    List<DigitReader> readers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      readers.add(new DigitReader(session, Calibration.none()));
    }
    return readers;
  }

  private static void run(List<DigitReader> readers, List<DigitImage> digits, int rounds)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (DigitReader reader : readers) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < rounds; i++) {
                  reader.read(digits);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
