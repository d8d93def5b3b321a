// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.hdfs.server.namenode.NameNodeAdapter;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.score.Scans;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a night comes to, as cron sees it, whose output on HDFS takes nothing more. */
@Tag("slow")
class FullStorageIT {

  private static final String SCRIPT =
      java.nio.file.Path.of("../submit/digits").toAbsolutePath().normalize().toString();
  private static final int SCANS = 7;

  @TempDir private static java.nio.file.Path local;
  private static MiniDFSCluster cluster;
  private static DistributedFileSystem hdfs;

  @BeforeAll
  static void scoreTheFirstNight() throws IOException {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, local.resolve("hdfs").toString());
    cluster = new MiniDFSCluster.Builder(conf).build();
    hdfs = cluster.getFileSystem();
    Files.createDirectories(local.resolve("scans"));
    Files.write(local.resolve("scans/first.zip"), scans());
    TestSpark.session();
    CommandRun.digits(score()).succeeded();
    Files.write(local.resolve("scans/second.zip"), scans());
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  @Test
  void whereThereIsNoSpaceItFailsInOneLineAndTheFirstNightStays() throws Exception {
    Path output = new Path("/night");
    long used = hdfs.getContentSummary(output).getSpaceConsumed();
    hdfs.setQuota(output, HdfsConstants.QUOTA_DONT_SET, used + 1);
    try {
      assertThat(failure())
          .startsWith("digits score: no space left for the output (The DiskSpace quota")
          .contains(" of /night is exceeded: ")
          .endsWith("; make room or raise the quota, and run it again\n");
    } finally {
      hdfs.setQuota(output, HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
    }
  }

  @Test
  void whereNothingCanBeWrittenItFailsInOneLineAndTheFirstNightStays() throws Exception {
    NameNodeAdapter.enterSafeMode(cluster.getNameNode(), false);
    try {
      assertThat(failure())
          .startsWith("digits score: the file system does not let it read or write (")
          .contains("safe mode");
    } finally {
      NameNodeAdapter.leaveSafeMode(cluster.getNameNode());
    }
  }

  private static byte[] scans() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < SCANS; i++) {
      entries.put(i + ".png", Scans.png(i));
    }
    return Scans.zip(entries);
  }

  private static String failure() throws Exception {
    List<String> command = new ArrayList<>(List.of(SCRIPT));
    command.addAll(Arrays.asList(score()));
    command.addAll(List.of("--", "--master", "local[2]"));
    command.addAll(QuickJvm.driver());
    Run run = Run.of(local, Map.of(), command);
    assertThat(run.status()).as(run.toString()).isEqualTo(1);
    assertThat(run.errors()).hasLineCount(1);
    assertThat(TestSpark.session().read().parquet(cluster.getURI() + "/night/predictions").count())
        .isEqualTo(SCANS);
    return run.errors();
  }

  private static String[] score() {
    return new String[] {
      "score",
      "--archives",
      local.resolve("scans").toString(),
      "--model",
      SmallModel.trained().toString(),
      "--output",
      cluster.getURI() + "/night"
    };
  }
}
