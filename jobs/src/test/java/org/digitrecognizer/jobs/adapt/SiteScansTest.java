// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.launch.spark.Attempts;
import org.digitrecognizer.jobs.launch.spark.KryoTypes;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.reading.SourceRoot;
import org.digitrecognizer.reading.labels.LabelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag;

/** What is adapted to, and judged by, is what scoring reads. */
class SiteScansTest {

  private static final int SCANS = 60;

  @TempDir private Path directory;

  @Test
  void scansAreJudgedAsTheyAreScored() throws IOException {
    SparkSession spark = TestSpark.session();
    draw("--min-size", "40", "--max-size", "120", "--paper");
    Dataset<Row> scored = score(spark);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<SiteScan> scans = read(context);

    try (NetworkBroadcast network =
        NetworkBroadcast.of(
            context,
            ModelDirectory.open(hadoop(SmallModel.trained()), new Configuration(), null))) {
      Gate gate = Gate.ofScans(scans, network, network);
      assertThat(gate.digits()).isEqualTo(scored.count()).isGreaterThan(SCANS / 2);
      assertThat(gate.both()).isEqualTo(scored.filter("digit = label").count());
      assertThat(gate.onlyBefore() + gate.onlyAfter()).isZero();
    }
  }

  @Test
  void largeScansAreLearntFromInAllTheirViewsSmallOnesAsTheyAre() throws IOException {
    draw("--min-size", "20", "--max-size", "60");
    List<SiteScan> scans =
        read(JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext())).collect();

    assertThat(scans).hasSize(SCANS);
    Map<Boolean, List<SiteScan>> bySize =
        scans.stream()
            .collect(
                Collectors.partitioningBy(
                    scan ->
                        Math.max(scan.scan().width(), scan.scan().height()) <= DigitImage.WIDTH));
    assertThat(bySize.get(true))
        .isNotEmpty()
        .allSatisfy(small -> assertThat(small.views()).containsExactly(small.digit()));
    assertThat(bySize.get(false))
        .isNotEmpty()
        .allSatisfy(
            large ->
                assertThat(large.views())
                    .hasSizeBetween(2, 4)
                    .startsWith(large.digit())
                    .extracting(LabelledDigit::label)
                    .containsOnly(large.digit().label()));
  }

  @Test
  void scansThatSpillArriveWholeWhereSparkSerializesWithKryo() throws IOException {
    draw("--min-size", "20", "--max-size", "60");
    SiteScan scan =
        read(JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext())).first();
    SparkConf conf = new SparkConf(false).set("spark.kryo.registrator", KryoTypes.class.getName());
    SerializerInstance kryo = new KryoSerializer(conf).newInstance();
    ClassTag<SiteScans.Seen> tag = ClassTag.apply(SiteScans.Seen.class);
    SiteScans.Seen seen =
        new SiteScans.Seen(List.of(scan), new TreeMap<>(Map.of(SiteScans.NO_LABEL, 7L)));
    SiteScans.Seen copy = kryo.deserialize(kryo.serialize(seen, tag), tag);

    assertThat(copy.leftOut()).isEqualTo(seen.leftOut());
    assertThat(copy.scans()).hasSize(1);
    assertThat(copy.scans().get(0).folder()).isEqualTo(scan.folder());
    assertThat(copy.scans().get(0).digit()).isEqualTo(scan.digit());
    assertThat(copy.scans().get(0).scan().pixels()).isEqualTo(scan.scan().pixels());
  }

  private void draw(String... more) throws IOException {
    Path source = SmallMnist.write(directory.resolve("mnist"), 10, SCANS);
    CommandRun.digits(
            Stream.concat(
                    Stream.of("samples", "--source", source.toString(), "--images", "" + SCANS),
                    Stream.concat(
                        Stream.of("--output", directory.resolve("drawn").toString()),
                        Stream.of(more)))
                .toArray(String[]::new))
        .succeeded();
  }

  private Dataset<Row> score(SparkSession spark) {
    Path output = directory.resolve("scores");
    CommandRun.digits(
            "score",
            "--archives",
            archive().toString(),
            "--labels",
            labels().toString(),
            "--model",
            SmallModel.trained().toString(),
            "--output",
            output.toString())
        .succeeded();
    return spark.read().parquet(output.resolve("predictions").toString());
  }

  private JavaRDD<SiteScan> read(JavaSparkContext context) throws IOException {
    Configuration configuration = new Configuration();
    return SiteScans.labelled(
        new SiteScans(
                LabelFile.read(hadoop(labels()), configuration),
                SourceRoot.of(archive().toString(), configuration),
                null,
                Attempts.of(context.sc()),
                configuration)
            .read(context, archive().toString(), 2));
  }

  private Path archive() {
    return directory.resolve("drawn/digits.zip");
  }

  private Path labels() {
    return directory.resolve("drawn/labels.csv");
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
