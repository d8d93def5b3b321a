// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.model.StoredNetwork;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.training.FastLayers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkBroadcastTest {

  private static final int DIGITS = 5;
  private static final int TRIES = 600;

  @TempDir private Path directory;

  /** What an executor does with a network that was sent to it, and all that it does with it. */
  static final class Executor {
    public static void main(String[] arguments) throws Exception {
      try (ObjectInputStream in =
          new ObjectInputStream(Files.newInputStream(Path.of(arguments[0])))) {
        NetworkBroadcast.Shipped shipped = (NetworkBroadcast.Shipped) in.readObject();
        DigitReader reader = shipped.borrow();
        for (byte[] pixels : (byte[][]) in.readObject()) {
          System.out.println(line(reader, DigitImage.of(pixels)));
        }
        shipped.giveBack(reader);
        shipped.close();
      }
    }
  }

  private static String line(DigitReader reader, DigitImage image) {
    return Arrays.toString(reader.read(List.of(image)).get(0).probabilities());
  }

  /** Its class path has nothing of ND4J, Deeplearning4j and what calls native code for them. */
  @Test
  void anExecutorReadsWithoutNd4j() throws Exception {
    NetworkBroadcast.Shipped shipped = shipped();
    List<DigitImage> images = SmallMnist.test(DIGITS).stream().map(LabelledDigit::image).toList();
    Path sent = directory.resolve("sent");
    try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(sent))) {
      out.writeObject(shipped);
      out.writeObject(images.stream().map(NetworkBroadcastTest::pixels).toArray(byte[][]::new));
    }
    DigitReader reader = shipped.borrow();
    String expected =
        images.stream().map(image -> line(reader, image)).collect(Collectors.joining("\n"));
    shipped.giveBack(reader);
    shipped.close();
    assertThat(executor(sent)).isEqualTo(expected);
  }

  @Test
  void whatIsOutsideTheHeapIsFreedWhenSparkDropsIt() throws Exception {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
    List<LabelledDigit> digits = SmallMnist.test(DIGITS);
    NetworkBroadcast network = NetworkBroadcast.of(context, model());
    List<Integer> read =
        context
            .parallelize(digits, 2)
            .mapPartitions(
                part ->
                    network.withReader(
                        reader -> {
                          part.forEachRemaining(digit -> reader.read(List.of(digit.image())));
                          return List.of(1).iterator();
                        }))
            .collect();
    assertThat(read).hasSize(2);
    NetworkBroadcast.Shipped shipped = network.shipped();
    assertThat(shipped.isOpen()).isTrue();
    network.close();
    // Spark does it in a thread of its own.
    for (int i = 0; i < TRIES && shipped.isOpen(); i++) {
      Thread.sleep(100);
    }
    assertThat(shipped.isOpen()).isFalse();
  }

  @Test
  void aReaderThatIsLentStaysGoodWhileSparkDropsTheNetwork() throws IOException {
    DigitImage image = SmallMnist.test(1).get(0).image();
    NetworkBroadcast.Shipped shipped = shipped();
    DigitReader first = shipped.borrow();
    String expected = line(first, image);
    shipped.close();
    assertThat(line(first, image)).isEqualTo(expected);
    DigitReader second = shipped.borrow();
    shipped.giveBack(first);
    assertThat(line(second, image)).isEqualTo(expected);
    shipped.giveBack(second);
    assertThat(shipped.isOpen()).isFalse();

    DigitReader late = shipped.borrow();
    assertThat(line(late, image)).isEqualTo(expected);
    shipped.giveBack(late);
    assertThat(shipped.isOpen()).isFalse();
  }

  /** Fast layers, as training validates with, are read as the stock ones that are written. */
  @Test
  void validationReadsWhatTheWrittenModelReads() throws IOException {
    MultiLayerNetwork stock = model().network();
    MultiLayerNetwork fast = FastLayers.speedUp(stock);
    assertThat(ReadingGraph.of(StoredNetwork.of(fast)))
        .isEqualTo(ReadingGraph.of(model().stored()));
  }

  private static NetworkBroadcast.Shipped shipped() throws IOException {
    Model model = model();
    return new NetworkBroadcast.Shipped(
        ReadingGraph.of(model.stored()), model.description().calibration());
  }

  private static Model model() throws IOException {
    return ModelDirectory.open(
        new org.apache.hadoop.fs.Path(SmallModel.trained().toUri()), new Configuration(), null);
  }

  private static byte[] pixels(DigitImage image) {
    float[] shades = new float[DigitImage.SIZE];
    image.copyTo(shades, 0);
    byte[] pixels = new byte[shades.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(shades[i] * 255);
    }
    return pixels;
  }

  private static String executor(Path sent) throws IOException, InterruptedException {
    String[] all = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    String kept =
        Arrays.stream(all)
            .filter(entry -> !entry.matches(".*/(org/nd4j|org/deeplearning4j|org/bytedeco)/.*"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(kept.split(File.pathSeparator, -1).length).isLessThan(all.length - 10);
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                kept,
                Executor.class.getName(),
                sent.toString())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
