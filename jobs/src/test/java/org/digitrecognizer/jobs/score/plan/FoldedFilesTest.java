// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.score.Night;
import org.digitrecognizer.jobs.score.Scans;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.source.Due;
import org.digitrecognizer.jobs.score.source.SourceFiles;
import org.digitrecognizer.reading.PlannedRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was planned is known from few files, however many nights it was planned in. */
class FoldedFilesTest {

  private static final int NIGHTS = 20;

  @TempDir private Path directory;

  private final SparkSession spark = TestSpark.session();
  private FileSystem fs;
  private OutputLayout layout;

  private Plans open(Plans before, FoldedFiles folded) throws IOException {
    return Plans.open(spark, fs, layout, before == null ? List.of() : before.all(), folded);
  }

  /** Each night has a file of its own, and one that is rewritten every night. */
  private Plans plan(int nights) throws IOException {
    fs = FileSystem.getLocal(new Configuration());
    layout =
        new OutputLayout(fs.makeQualified(new org.apache.hadoop.fs.Path(directory.toString())));
    Plans plans = open(null, null);
    for (int night = 0; night < nights; night++) {
      save(plans, night);
    }
    return plans;
  }

  private void save(Plans plans, int night) throws IOException {
    List<Row> ranges =
        Stream.of("night-" + night, "always")
            .map(
                path ->
                    PlannedRange.rejected(
                        path, night, 100L + night, new Rejection(Reason.BLANK, "nothing there")))
            .map(range -> PlanRows.of(range, Due.NEW.name()))
            .toList();
    plans.save(
        night + 1, new Planner(spark, 100, 2).deal(spark.createDataFrame(ranges, PlanRows.SCHEMA)));
  }

  private static Set<List<Object>> known(Plans plans) {
    return plans
        .known()
        .select(SourceFiles.PATH, SourceFiles.MODIFIED, SourceFiles.LENGTH)
        .collectAsList()
        .stream()
        .map(row -> List.of(row.get(0), row.get(1), row.get(2)))
        .collect(Collectors.toSet());
  }

  private static Set<List<Object>> expected(int nights) {
    return Stream.concat(
            IntStream.range(0, nights).boxed().map(night -> file("night-" + night, night)),
            Stream.of(file("always", nights - 1)))
        .collect(Collectors.toSet());
  }

  private static List<Object> file(String path, int night) {
    return List.of(path, (long) night, 100L + night);
  }

  @Test
  void fewPlansAreReadAsTheyAre() throws IOException {
    Plans plans = plan(3);
    assertThat(plans.fold()).isNull();
    assertThat(known(plans)).isEqualTo(expected(3));
  }

  @Test
  void manyAreFoldedAndLaterOnesReadBesides() throws IOException {
    Plans plans = plan(NIGHTS);
    assertThat(known(plans)).isEqualTo(expected(NIGHTS));
    FoldedFiles folded = plans.fold();
    assertThat(folded.batch()).isEqualTo(NIGHTS - 1);

    save(plans, NIGHTS);
    assertThat(plans.fold()).as("too little to fold again").isEqualTo(folded);
    fs.delete(layout.plan(0), true);
    assertThat(known(plans)).as("without the plans' own").isEqualTo(expected(NIGHTS + 1));
    assertThat(known(open(plans, folded))).isEqualTo(expected(NIGHTS + 1));
  }

  @Test
  void whatIsFoldedMayBeLostOrDamaged() throws IOException {
    Plans plans = plan(NIGHTS);
    FoldedFiles folded = plans.fold();
    Path file = directory.resolve("_folded/files=" + (NIGHTS - 1)).resolve(folded.file().name());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    Files.delete(file.resolveSibling("." + folded.file().name() + ".crc"));
    Plans damaged = open(plans, folded);
    assertThat(known(damaged)).isEqualTo(expected(NIGHTS));

    FileUtils.deleteDirectory(file.getParent().toFile());
    assertThat(known(open(plans, folded))).isEqualTo(expected(NIGHTS));
    assertThat(damaged.fold().isWhole(fs, layout)).as("made again").isTrue();
  }

  @Test
  @Tag("slow")
  void nightsGoOnWithItAndWithoutIt() throws IOException {
    Night night = new Night(directory);
    for (int i = 0; i < NIGHTS; i++) {
      night.put(i + ".png", Scans.png(i));
      night.score().succeeded();
    }
    Path folded = night.output().resolve("_folded/files=16");
    assertThat(folded).isDirectory();
    assertThat(night.score().succeeded().out()).contains("Nothing new to read.");

    FileUtils.deleteDirectory(folded.toFile());
    assertThat(night.score().succeeded().out()).contains("Nothing new to read.");
    night.put("last.png", Scans.png(NIGHTS));
    night.score().succeeded();
    assertThat(night.predictions()).hasSize(NIGHTS + 1);
    assertThat(night.output().resolve("_folded/files=" + NIGHTS)).isDirectory();
    night.score("--verify").succeeded();
  }
}
