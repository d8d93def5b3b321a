// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.DyingFileSystem;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night whose numbers contradict one another, onto storage that dies before all is said of them.
 */
@Tag("slow")
class DyingCouplingsTest {

  private static final int DEATHS = 3;

  /** Places of a 1, a 2 and a 7 in MNIST's test split. */
  private static final int ONE = 2;

  private static final int TWO = 1;
  private static final int SEVEN = 0;

  @TempDir private Path directory;
  private final long seed = Long.getLong("seed", System.nanoTime());
  private Path archives;
  private Path form;
  private Path firstNight;

  @BeforeEach
  void scoreTheFirstNight() throws IOException {
    DyingFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    archives = Files.createDirectories(directory.resolve("archives"));
    form =
        Files.writeString(
            directory.resolve("form.yaml"),
            """
            form: slip
            image: cells
            group: '(?<sheet>[^/]+)/(?<field>\\w+)_(?<position>\\d+)\\.png$'
            fields:
              member: {digits: 1, once: true}
              amount: {digits: 1}
              fee:    {digits: 1}
              total:  {digits: 1, total: amount + fee}
            """);
    Files.write(archives.resolve("first.zip"), Scans.zip(sheet("a", SEVEN, TWO)));
    firstNight = directory.resolve("first");
    DyingFileSystem.live();
    score(firstNight).succeeded();
    Map<String, byte[]> second = new LinkedHashMap<>(sheet("b", ONE, ONE));
    second.putAll(sheet("c", ONE, TWO));
    Files.write(archives.resolve("second.zip"), Scans.zip(second));
    Map<String, byte[]> late = new LinkedHashMap<>(sheet("d", SEVEN, TWO));
    late.putAll(sheet("e", SEVEN, SEVEN));
    Files.write(archives.resolve("third.zip"), Scans.zip(late));
  }

  @AfterEach
  void live() {
    DyingFileSystem.live();
  }

  /** Draws the cells of a sheet: a member, 1, 1, and a total. */
  private static Map<String, byte[]> sheet(String name, int member, int total) throws IOException {
    Map<String, byte[]> cells = new LinkedHashMap<>();
    cells.put(name + "/member_0.png", Scans.png(member));
    cells.put(name + "/amount_0.png", Scans.png(ONE));
    cells.put(name + "/fee_0.png", Scans.png(ONE));
    cells.put(name + "/total_0.png", Scans.png(total));
    return cells;
  }

  private CommandRun score(Path output) {
    return CommandRun.digits(
        "score",
        "--archives",
        archives.toString(),
        "--model",
        "../models/scans",
        "--output",
        "dying:" + output,
        "--form",
        form.toString(),
        "--target-error",
        "1",
        "--audit",
        "0");
  }

  @Test
  void whatContradictsIsSaidOnceWhereverItDies() throws Exception {
    Path undisturbed = copyOfTheFirstNight("undisturbed");
    DyingFileSystem.live();
    score(undisturbed).succeeded();
    int changes = DyingFileSystem.changes();
    List<String> expected = standing(undisturbed);
    assertThat(expected).as("five sheets of four numbers").hasSize(20);
    assertThat(expected.stream().filter(row -> !row.endsWith(",null")))
        .as("1 on two sheets, 7 on two of one archive, 1 + 1 that is 1 and 7")
        .hasSizeGreaterThanOrEqualTo(8);

    Random random = new Random(seed);
    for (int death = 0; death < DEATHS; death++) {
      int after = (death * changes + random.nextInt(changes)) / DEATHS;
      String when = "death after %d of %d changes, seed %d".formatted(after, changes, seed);
      String name = "death-" + death;
      DyingStorageTest.untilDead(after, () -> score(copyOfTheFirstNight(name)), when);
      Path output = directory.resolve(name);
      DyingFileSystem.live();
      // The process that holds it would be dead as well.
      Files.deleteIfExists(output.resolve("_lock.json"));
      CommandRun next = score(output);
      assertThat(next.err()).as(when).isEmpty();
      assertThat(standing(output)).as(when).isEqualTo(expected);
    }
  }

  private Path copyOfTheFirstNight(String name) throws IOException {
    Path copy = directory.resolve(name);
    FileUtils.deleteDirectory(copy.toFile());
    FileUtils.copyDirectory(firstNight.toFile(), copy.toFile());
    return copy;
  }

  private static List<String> standing(Path output) {
    return TestSpark.session()
        .read()
        .parquet(output.resolve("final").toString())
        .orderBy("archive", "sheet", "field")
        .select("sheet", "field", "by", "value", "withdrawn", "conflict")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .map(row -> row.substring(1, row.length() - 1))
        .toList();
  }
}
