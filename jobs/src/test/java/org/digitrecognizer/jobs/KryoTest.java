// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site may serialize with Kryo, which cannot do all that Java's own serialization can. */
class KryoTest {

  /** What spark-submit hands on, as system properties. */
  private static final Map<String, String> SITE =
      Map.of(
          "spark.master", "local[2]",
          "spark.serializer", KryoSerializer.class.getName(),
          "spark.sql.shuffle.partitions", "2");

  @TempDir private Path directory;

  @BeforeEach
  void letEachJobStartSpark() {
    TestSpark.session().stop();
    SITE.forEach(System::setProperty);
  }

  @AfterEach
  void forgetTheSite() {
    SITE.keySet().forEach(System::clearProperty);
  }

  @Test
  void allJobsRunWhereSparkSerializesWithKryo() throws Exception {
    Path source = SmallMnist.write(directory.resolve("mnist"), 200, 40);
    Path scans = directory.resolve("scans");
    digits("ingest", "--source", source, "--output", at("dataset"));
    digits("train", "--data", at("dataset"), "--model", at("model"), "--epochs", 1);
    digits(
        "evaluate", "--data", at("dataset"), "--model", at("model"), "--output", at("evaluation"));
    digits("samples", "--source", source, "--output", scans, "--images", 30);
    CommandRun scored =
        digits(
            "score",
            "--archives",
            scans.resolve("digits.zip"),
            "--model",
            at("model"),
            "--output",
            at("scores"),
            "--labels",
            scans.resolve("labels.csv"));
    assertThat(scored.out()).contains(" of 30 new images");
  }

  /** As in a notebook, whose session is not the job's to change. */
  @Test
  void aSessionThatCannotSendArraysIsNamedBeforeTraining() throws Exception {
    Path source = SmallMnist.write(directory.resolve("mnist"), 200, 40);
    try (SparkSession spark = TestSpark.session()) {
      assertThat(spark.sparkContext().env().serializer()).isInstanceOf(KryoSerializer.class);
      digits("ingest", "--source", source, "--output", at("dataset"));
      CommandRun.digits(
              "train", "--data", at("dataset").toString(), "--model", at("model").toString())
          .failedWith(
              "digits train: Spark is set to Kryo, which cannot send ND4J's arrays by itself; set"
                  + " spark.kryo.registrator=org.nd4j.kryo.Nd4jRegistrator where Spark is started");
    }
  }

  private Path at(String name) {
    return directory.resolve(name);
  }

  private static CommandRun digits(Object... args) {
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    return CommandRun.digits(words).succeeded();
  }
}
