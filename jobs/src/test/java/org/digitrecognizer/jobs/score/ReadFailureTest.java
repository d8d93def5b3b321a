// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that vanish under the job's hands, and storage that fails for a while or for good. */
class ReadFailureTest {

  private static final int ALWAYS = Integer.MAX_VALUE;

  @TempDir private Path directory;
  private Night night;

  @BeforeAll
  static void makeModel() {
    SmallModel.trained();
  }

  @BeforeEach
  void openNight() throws IOException {
    night = new Night(directory).through(FlakyFileSystem.SCHEME);
    FlakyFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
  }

  private static void assertRow(Row row, Reason reason, String source, String detail) {
    assertThat(row.<String>getAs("reason")).isEqualTo(reason.name());
    assertThat(row.<String>getAs("source")).isEqualTo(source);
    assertThat(row.<String>getAs("archive")).isEqualTo(source);
    assertThat(row.<String>getAs("entry")).isNull();
    assertThat(row.<Integer>getAs("page")).isZero();
    assertThat(row.<String>getAs("detail")).isEqualTo(detail);
  }

  @Test
  void aFileThatIsGoneIsMissing() throws IOException {
    night.put("listed.png", Scans.png(0));
    night.put("planned.zip", Scans.zip(Scans.pngs(0, 3)));
    night.put("stays.zip", Scans.zip(Scans.pngs(3, 3)));
    FlakyFileSystem.vanish("listed.png", 0);
    FlakyFileSystem.vanish("planned.zip", 1);
    night.score().succeeded();
    assertThat(night.predictions()).hasSize(3);
    List<Row> rejected = night.rejected();
    assertThat(rejected).as("one, and three that were planned").hasSize(4);
    String detail = "The file was there when it was listed";
    assertRow(rejected.get(0), Reason.MISSING, night.uri("listed.png"), detail);
    for (int i = 0; i < 3; i++) {
      assertRow(rejected.get(1 + i), Reason.MISSING, night.uri("planned.zip"), detail);
      assertThat(rejected.get(1 + i).<Long>getAs("ordinal")).isEqualTo(i);
    }
    assertThat(night.metrics().get("images").asInt()).isEqualTo(7);
  }

  @Test
  void storageThatFailsForGoodCostsOnlyWhatIsThere() throws IOException {
    byte[] tar = Scans.tar(Scans.pngs(0, 40));
    night.put("middle.tgz", Scans.pack("gz", tar));
    night.put("start.tar", tar);
    night.put("end.zip", Scans.zip(Scans.pngs(0, 40)));
    night.put("good.zip", Scans.zip(Scans.pngs(40, 5)));
    FlakyFileSystem.fail("middle.tgz", Scans.pack("gz", tar).length / 2, ALWAYS);
    FlakyFileSystem.fail("start.tar", 0, ALWAYS);
    FlakyFileSystem.fail("end.zip", 2000, ALWAYS);
    CommandRun run = night.score("--max-reject-fraction", "0.01");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(3);

    String detail =
        "The file system failed here, at the last attempt: java.io.IOException: a bad night of the"
            + " storage";
    List<Row> rejected = night.rejected();
    assertThat(rejected).hasSize(3);
    assertRow(rejected.get(0), Reason.READ_ERROR, night.uri("end.zip"), detail);
    assertRow(rejected.get(1), Reason.READ_ERROR, night.uri("middle.tgz"), detail);
    assertRow(rejected.get(2), Reason.READ_ERROR, night.uri("start.tar"), detail);
    long read = readOf("middle.tgz");
    assertThat(read).as("entries before the failure").isBetween(5L, 35L);
    assertThat(rejected.get(1).<Long>getAs("ordinal")).isEqualTo(read);
    assertThat(readOf("good.zip")).isEqualTo(5);
    assertThat(readOf("end.zip")).as("its directory cannot be read").isZero();
  }

  private long readOf(String archive) {
    return night.predictions().stream()
        .filter(row -> row.<String>getAs("archive").equals(night.uri(archive)))
        .count();
  }

  /** Planning reads the end of a zip only, so that the failure comes later. */
  @Test
  void allThatIsLostWhereItsStorageFailsIsCounted() throws IOException {
    byte[] zip = Scans.zip(Scans.pngs(0, 600));
    night.put("a.zip", zip);
    FlakyFileSystem.failWithin("a.zip", zip.length / 4, zip.length / 2);
    CommandRun run = night.score("--max-reject-fraction", "0.05");
    assertThat(run.status()).as(run.out()).isEqualTo(3);
    List<Row> rejected = night.rejected();
    assertThat(rejected).isNotEmpty().allMatch(row -> "READ_ERROR".equals(row.getAs("reason")));
    assertThat(night.predictions()).hasSizeBetween(100, 500);
    assertThat(night.predictions().size() + rejected.size()).isEqualTo(600);
    assertThat(night.metrics().get("images").asInt()).isEqualTo(600);
    assertThat(rejected.get(0).<Long>getAs("ordinal")).isBetween(100L, 200L);
    assertThat(
            Stream.concat(night.predictions().stream(), rejected.stream())
                .map(row -> row.<Long>getAs("ordinal")))
        .as("each entry has one row")
        .doesNotHaveDuplicates()
        .allMatch(ordinal -> ordinal >= 0 && ordinal < 600);
  }

  @Test
  void aTarThatWasCutOffSinceItWasPlannedIsCountedToItsEnd() throws IOException {
    byte[] tar = Scans.tar(Scans.pngs(0, 40));
    night.put("a.tar", tar);
    FlakyFileSystem.cutAfter("a.tar", 1, tar.length / 2);
    night.score().succeeded();
    assertThat(night.predictions()).hasSizeBetween(10, 30);
    assertThat(night.rejected())
        .hasSize(40 - night.predictions().size())
        .allMatch(row -> "UNREADABLE_ARCHIVE".equals(row.getAs("reason")))
        .allMatch(row -> row.<String>getAs("detail").startsWith("The tar is cut off at byte "));
  }

  @Test
  void whatCouldNotBeReadIsTriedAgainWhenTold() throws IOException {
    night.put("good.zip", Scans.zip(Scans.pngs(60, 2)));
    night.put("gone.png", Scans.png(70));
    byte[] tgz = Scans.pack("gz", Scans.tar(Scans.pngs(0, 40)));
    night.put("middle.tgz", tgz);
    FlakyFileSystem.vanish("gone.png", 0);
    FlakyFileSystem.fail("middle.tgz", tgz.length / 2, ALWAYS);
    night.score("--reread").succeeded();
    assertThat(night.rejected()).as("tried by the next run, not by this").hasSize(2);

    FlakyFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    assertThat(night.score().succeeded().out())
        .contains("Nothing new to read.")
        .contains(
            "2\u00a0files could not be read to the end before (READ_ERROR, MISSING); --reread tries"
                + " again");
    assertThat(night.score("--dry-run", "--reread").succeeded().out())
        .contains("middle.tgz")
        .doesNotContain("good.zip");
    assertThat(night.score("--reread").succeeded().out()).contains("Read 41 of 41 new images");
    assertThat(night.rejected()).isEmpty();
    assertThat(night.predictions()).hasSize(43);
    assertThat(night.score("--reread").succeeded().out())
        .contains("Nothing new to read.")
        .doesNotContain("could not be read");
  }

  @Test
  void whatWasReadIsReadThoughItCannotBeClosed() throws IOException {
    night.put("a.zip", Scans.zip(Scans.pngs(0, 3)));
    night.put("b.tgz", Scans.pack("gz", Scans.tar(Scans.pngs(3, 3))));
    FlakyFileSystem.failClosing("a.zip");
    FlakyFileSystem.failClosing("b.tgz");
    night.score().succeeded();
    assertThat(night.rejected()).isEmpty();
    assertThat(night.predictions()).hasSize(6);
  }

  /** A local Spark tries a task once unless its master says more. */
  @Test
  void whatFailsAtFirstIsReadAtTheNextAttempt() throws IOException {
    night.put("first.zip", Scans.zip(Scans.pngs(0, 30)));
    byte[] tgz = Scans.pack("gz", Scans.tar(Scans.pngs(30, 30)));
    night.put("second.tgz", tgz);
    night.put("never.png", Scans.png(60));
    TestSpark.session().stop();
    try (SparkSession spark = retrying()) {
      FlakyFileSystem.register(spark.sparkContext().hadoopConfiguration());
      FlakyFileSystem.fail("first.zip", 10, 1);
      FlakyFileSystem.fail("second.tgz", tgz.length / 2, 2);
      FlakyFileSystem.fail("never.png", 0, ALWAYS);
      night.score().succeeded();
      List<Row> rejected = spark.read().parquet(night.output() + "/rejected").collectAsList();
      assertThat(rejected).hasSize(1);
      assertThat(rejected.get(0).<String>getAs("archive")).isEqualTo(night.uri("never.png"));
      List<Row> sources =
          spark.read().parquet(night.output() + "/predictions").select("source").collectAsList();
      assertThat(sources).hasSize(60).doesNotHaveDuplicates();
      assertThat(night.metrics().get("images").asInt()).isEqualTo(61);
      assertThat(night.json("status.json").get("done").asInt()).isEqualTo(61);
    }
  }

  private static SparkSession retrying() {
    return SparkSession.builder()
        .master("local[2,3]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  @Test
  void aFileThatShrankSinceItWasListedIsCorrupt() throws IOException {
    byte[] png = Scans.png(0);
    night.put("shrunk.png", png);
    FlakyFileSystem.cut("shrunk.png", png.length / 2);
    night.score().succeeded();
    Row row = night.reject();
    assertThat(row.<String>getAs("reason")).isEqualTo("CORRUPT");
    assertThat(row.<String>getAs("detail"))
        .isEqualTo(
            "It has %d bytes, and had %d when it was listed".formatted(png.length / 2, png.length));
  }
}
