// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;

/**
 * The parent pom leaves out most of what DL4J drags along. This walks the whole way of a training
 * once, so that a class that is needed after all is missed here and not on a cluster.
 */
class ClassPathTest {

  private static final int SIDE = 8;
  private static final int CLASSES = 3;
  private static final int BATCH = 16;

  @Test
  void whatIsLeftOutIsNotNeededToTrainOnSparkAndToSave(@TempDir Path directory) throws IOException {
    // A JVM has one Spark context; this one must differ from what the other tests share.
    TestSpark.session().stop();
    MultiLayerNetwork trained;
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("class path")
            .set("spark.ui.enabled", "false")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.kryo.registrator", "org.nd4j.kryo.Nd4jRegistrator");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      SparkDl4jMultiLayer network =
          new SparkDl4jMultiLayer(spark, network(), parameterAveraging(2));
      INDArray before = network.getNetwork().params().dup();
      trained = network.fit(spark.parallelize(batches(8), 2));
      assertThat(trained.params()).as("parameters after training").isNotEqualTo(before);
    }
    trained.fit(batches(1).get(0));

    Path file = directory.resolve("network.zip");
    ModelSerializer.writeModel(trained, file.toFile(), true);
    assertThat(Files.size(file)).isPositive();
    MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
    assertThat(restored.params()).as("parameters").isEqualTo(trained.params());
    assertThat(restored.getUpdater().getStateViewArray())
        .as("updater state")
        .isEqualTo(trained.getUpdater().getStateViewArray());
  }

  private static ParameterAveragingTrainingMaster parameterAveraging(int workers) {
    return new ParameterAveragingTrainingMaster.Builder(workers, 1)
        .batchSizePerWorker(BATCH)
        .averagingFrequency(2)
        .saveUpdater(true)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .rngSeed(1)
        .build();
  }

  private static MultiLayerConfiguration network() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new AdaDelta())
        .activation(Activation.RELU)
        .list()
        .layer(new ConvolutionLayer.Builder(3, 3).nOut(2).build())
        .layer(new DenseLayer.Builder().nOut(4).build())
        .layer(new OutputLayer.Builder().nOut(CLASSES).activation(Activation.SOFTMAX).build())
        .setInputType(InputType.convolutional(SIDE, SIDE, 1))
        .build();
  }

  private static List<DataSet> batches(int count) {
    Random random = new Random(1);
    List<DataSet> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      INDArray labels = Nd4j.zeros(BATCH, CLASSES);
      for (int row = 0; row < BATCH; row++) {
        labels.putScalar(row, random.nextInt(CLASSES), 1);
      }
      batches.add(new DataSet(Nd4j.rand(BATCH, 1, SIDE, SIDE), labels));
    }
    return batches;
  }
}
