// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.hdfs.server.namenode.NameNodeAdapter;
import org.apache.spark.sql.Encoders;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All jobs on a real HDFS: a name node and a data node in this JVM, with blocks of 64 KiB. */
@Tag("slow")
class HdfsTest {

  private static final int BLOCK = 64 * 1024;
  private static final int SCANS = 150;
  private static final int EXTRAS = 5;

  /** Folder, training folder, an epoch's folder and its three files, and the next one's folder. */
  private static final long NAMES_OF_ONE_EPOCH = 7;

  @TempDir private static java.nio.file.Path local;
  private static MiniDFSCluster cluster;
  private static DistributedFileSystem hdfs;

  @BeforeAll
  static void start() throws IOException {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, local.resolve("hdfs").toString());
    conf.setInt("dfs.blocksize", BLOCK);
    conf.setInt("dfs.namenode.fs-limits.min-block-size", BLOCK);
    cluster = new MiniDFSCluster.Builder(conf).build();
    hdfs = cluster.getFileSystem();
    SmallMnist.write(local.resolve("mnist"), 400, 50);
    hdfs.copyFromLocalFile(new Path(local.resolve("mnist").toUri()), new Path("/mnist"));
    done("ingest", "--source", uri("/mnist"), "--output", uri("/dataset"));
    samples("/scans", "zip");
    train("/model", 2);
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  @Test
  void theWholeWayLeadsOverHdfs() throws IOException {
    done(evaluateArguments("/evaluation"));
    assertThat(metrics("/evaluation").get("scored").intValue()).isEqualTo(50);
    samples("/scans-in-a-tar", "tar");
    String[] score = scoreArguments("/scans*/digits.*", "/scores");
    done(with(score, "--chunk-images", "40", "--labels", uri("/scans/labels.csv")));
    assertThat(metrics("/scores").get("scored").intValue()).isEqualTo(2 * SCANS);
    assertThat(metrics("/scores").get("labelled").intValue()).isEqualTo(2 * SCANS);
    assertThat(rows("/scores/predictions")).isEqualTo(2 * SCANS);
    assertThat(rows("/scores/rejected")).isEqualTo(2 * EXTRAS);
    assertThat(blocks("/scans/digits.zip")).isGreaterThan(5);
    assertThat(ranges("ZIP")).hasSizeGreaterThan(5);
    // In a tar a range begins where its first entry does.
    assertThat(blocks("/scans-in-a-tar/digits.tar")).isGreaterThan(5);
    assertThat(ranges("TAR"))
        .filteredOn(offset -> offset % BLOCK > 0)
        .extracting(offset -> offset / BLOCK)
        .as("blocks in which a range begins")
        .contains(1L)
        .hasSizeGreaterThan(5)
        .anyMatch(block -> block > 3);
  }

  @Test
  void trainingThatRanOutOfSpaceIsResumed() throws IOException {
    Path directory = new Path("/small");
    hdfs.mkdirs(directory);
    hdfs.setQuota(directory, NAMES_OF_ONE_EPOCH, HdfsConstants.QUOTA_DONT_SET);
    String line = CommandRun.digits(trainArguments("/small/model", 2)).failed();
    assertThat(line)
        .startsWith("digits train: no space left for the output (The NameSpace quota")
        .contains("/small is exceeded: quota=7 file count=8")
        .endsWith("; make room or raise the quota, and run it again");
    assertThat(hdfs.exists(new Path("/small/model"))).as("a model").isFalse();

    hdfs.setQuota(directory, HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_DONT_SET);
    String[] again = with(trainArguments("/small/model", 2), "--resume");
    assertThat(CommandRun.digits(again).succeeded().out())
        .contains("Going on after epoch 1.")
        .doesNotContain("Epoch 1/");
    assertThat(open("/small/model").network().params().toFloatVector())
        .as("as if undisturbed")
        .isEqualTo(open("/model").network().params().toFloatVector());
    assertThat(hdfs.exists(new Path("/small/model.training"))).isFalse();
  }

  @Test
  void whatWasThereStaysWhereThereIsNoSpaceForMore() throws IOException {
    Path full = new Path("/full");
    hdfs.mkdirs(full);
    done("ingest", "--source", uri("/mnist"), "--output", uri("/full/dataset"));
    train("/full/model", 1);
    score("/scans/*.zip", "/full/scores");
    done(evaluateArguments("/full/evaluation"));
    hdfs.setQuota(
        full, HdfsConstants.QUOTA_DONT_SET, hdfs.getContentSummary(full).getSpaceConsumed() + 1);
    noSpace("ingest", "--source", uri("/mnist"), "--output", uri("/full/dataset"), "--overwrite");
    noSpace(with(trainArguments("/full/model", 1), "--overwrite"));
    done("samples", "--source", uri("/mnist"), "--output", uri("/more"), "--images", "10");
    assertThat(hdfs.rename(new Path("/more/digits.zip"), new Path("/scans/more.zip"))).isTrue();
    noSpace(scoreArguments("/scans/*.zip", "/full/scores"));
    noSpace(with(evaluateArguments("/full/evaluation"), "--overwrite"));
    assertThat(rows("/full/dataset")).isEqualTo(450);
    assertThat(metrics("/full/evaluation").get("scored").intValue()).isEqualTo(50);
    assertThat(hdfs.exists(new Path("/full/evaluation/_report"))).isFalse();
    assertThat(open("/full/model").description().metrics()).isNotEmpty();
    assertThat(rows("/full/scores/predictions")).isEqualTo(SCANS);

    hdfs.setQuota(full, HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
    score("/scans/*.zip", "/full/scores");
    assertThat(rows("/full/scores/predictions")).isEqualTo(SCANS + 10);
  }

  @Test
  void whatWasThereStaysWhereNothingCanBeWritten() throws IOException {
    done(evaluateArguments("/kept"));
    NameNodeAdapter.enterSafeMode(cluster.getNameNode(), false);
    try {
      assertThat(CommandRun.digits(with(evaluateArguments("/kept"), "--overwrite")).failed())
          .startsWith("digits evaluate: the file system does not let it read or write (")
          .contains("safe mode");
      assertThat(CommandRun.digits(scoreArguments("/scans/*.zip", "/unwritten")).failed())
          .startsWith("digits score: the file system does not let it read or write (");
    } finally {
      NameNodeAdapter.leaveSafeMode(cluster.getNameNode());
    }
    assertThat(metrics("/kept").get("scored").intValue()).isEqualTo(50);
  }

  private static void samples(String output, String kind) {
    done(
        "samples",
        "--source",
        uri("/mnist"),
        "--output",
        uri(output),
        "--archive",
        kind,
        "--extras",
        "--images",
        "" + SCANS);
  }

  private static int blocks(String file) throws IOException {
    FileStatus archive = hdfs.getFileStatus(new Path(file));
    return hdfs.getFileBlockLocations(archive, 0, archive.getLen()).length;
  }

  /** Returns where the ranges of archives of a kind begin, by the plan of the first batch. */
  private static List<Long> ranges(String format) {
    return TestSpark.session()
        .read()
        .parquet(uri("/scores/_plan/batch=0"))
        .where("format = '" + format + "'")
        .select("offset")
        .as(Encoders.LONG())
        .collectAsList();
  }

  private static String[] evaluateArguments(String output) {
    return new String[] {
      "evaluate", "--data", uri("/dataset"), "--model", uri("/model"), "--output", uri(output)
    };
  }

  private static void noSpace(String... arguments) {
    assertThat(CommandRun.digits(arguments).failed())
        .startsWith(
            "digits " + arguments[0] + ": no space left for the output (The DiskSpace quota")
        .contains(" of /full is exceeded: ");
  }

  private static void train(String model, int epochs) {
    CommandRun.digits(trainArguments(model, epochs)).succeeded();
  }

  private static String[] trainArguments(String model, int epochs) {
    return new String[] {
      "train",
      "--data",
      uri("/dataset"),
      "--model",
      uri(model),
      "--epochs",
      "" + epochs,
      "--batch-size",
      "32",
      "--averaging-frequency",
      "4",
      "--workers",
      "2",
      "--first-filters",
      "8",
      "--second-filters",
      "8",
      "--dense-units",
      "16"
    };
  }

  private static void score(String archives, String output) {
    done(scoreArguments(archives, output));
  }

  private static String[] scoreArguments(String archives, String output) {
    return new String[] {
      "score", "--archives", uri(archives), "--model", uri("/model"), "--output", uri(output)
    };
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static void done(String... arguments) {
    CommandRun.digits(arguments).succeeded();
  }

  private static String uri(String path) {
    return cluster.getURI() + path;
  }

  private static long rows(String directory) {
    return TestSpark.session().read().parquet(uri(directory)).count();
  }

  private static Model open(String model) throws IOException {
    return ModelDirectory.open(new Path(uri(model)), new Configuration(), null);
  }

  private static JsonNode metrics(String output) throws IOException {
    try (InputStream in = hdfs.open(new Path(output, "report/metrics.json"))) {
      return new ObjectMapper().readTree(in);
    }
  }
}
