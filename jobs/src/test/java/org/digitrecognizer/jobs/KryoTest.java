package org.digitrecognizer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site may serialize with Kryo, which cannot do all that Java's own serialization can. */
class KryoTest {

  @TempDir private Path directory;

  @Test
  void allJobsRunWhereSparkSerializesWithKryo() throws Exception {
    Path source = SmallMnist.write(directory.resolve("mnist"), 200, 40);
    TestSpark.session().stop();
    try (SparkSession spark = session()) {
      assertThat(spark.sparkContext().env().serializer()).isInstanceOf(KryoSerializer.class);
      digits("ingest", "--source", source, "--output", at("dataset"));
      digits("train", "--data", at("dataset"), "--model", at("model"), "--epochs", 1);
      digits(
          "evaluate",
          "--data",
          at("dataset"),
          "--model",
          at("model"),
          "--output",
          at("evaluation"));
      digits("samples", "--source", source, "--output", at("scans"), "--images", 30);
      CommandRun scored =
          digits(
              "score",
              "--archives",
              at("scans").resolve("digits.zip"),
              "--model",
              at("model"),
              "--output",
              at("scores"),
              "--labels",
              at("scans").resolve("labels.csv"));
      assertThat(scored.out()).contains(" of 30 new images");
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

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.serializer", KryoSerializer.class.getName())
        .config("spark.kryo.registrator", "org.nd4j.kryo.Nd4jRegistrator")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }
}
