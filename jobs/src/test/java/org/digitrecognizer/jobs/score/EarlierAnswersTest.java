// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.review.SourceHash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people have keyed of a picture in whose place there is another since. */
@Tag("slow")
class EarlierAnswersTest {

  @TempDir private Path directory;
  private Night night;

  @BeforeEach
  void night() throws IOException {
    night = new Night(directory);
  }

  @Test
  void anAnswerIsOfTheFileThatWasThereThen() throws IOException {
    night.through(FlakyFileSystem.SCHEME);
    FlakyFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    putZip("a.zip", 0, 1, 2, 3);
    putZip("b.zip", 4);
    byte[] tgz = Scans.pack("gz", Scans.tar(Scans.pngs(20, 40)));
    night.put("c.tgz", tgz);
    FlakyFileSystem.fail("c.tgz", tgz.length / 2, Integer.MAX_VALUE);
    String[] asksForAll = {"--target-error", "0.000001", "--max-reject-fraction", "1"};
    night.score(asksForAll).succeeded();
    List<String> sources =
        night.predictions().stream()
            .map(row -> row.<String>getAs("source"))
            .sorted()
            .limit(6)
            .toList();
    night
        .correct(
            null,
            Night.keyed(sources.get(0), "none", "Ann"),
            Night.keyed(sources.get(1), "none", "Ann"),
            Night.filledIn(sources.get(2), "none", "Ann"),
            Night.filledIn(sources.get(3), "none", "Ann"),
            Night.keyed(sources.get(4), "none", "Ann"),
            Night.keyed(sources.get(5), "none", "Ann"))
        .succeeded();
    putZip("a.zip", 10, 11, 12, 13);
    FlakyFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    assertThat(night.score("--reread", "--target-error", "0.000001").succeeded().out())
        .contains("Read 44 of 44 new images");
    assertThat(Files.readString(night.output().resolve("report/review/page-0001.html")))
        .as("asked again, also of who has keyed it")
        .contains(SourceHash.id(sources.get(0)) + "\",\"n\":1,");
    night
        .correct(
            null,
            Night.keyedLater(sources.get(1), "none", "Bob"),
            Night.filledIn(sources.get(3), "none", "Bob"))
        .succeeded();
    night.score().succeeded();
    assertThat(keyed(sources))
        .as("four of a rewritten file, one of an untouched file, one of a file that failed")
        .containsExactly(
            "by nobody", "none by Bob", "by nobody", "none by Bob", "none by Ann", "none by Ann");
  }

  @Test
  void anAnswerIsOfTheCellsThatWereThereThen() throws IOException {
    String form = Slips.form(directory, "account: {digits: 3}, day: {digits: 1..2}");
    Slips.putLoose(night, "", Slips.slip("0001", 0));
    Slips.putLoose(night, "", Slips.slip("0002", 10));
    night.score("--form", form).succeeded();
    List<String> sources =
        night.numbers().stream().map(row -> row.<String>getAs("source")).toList();
    night
        .correct(
            form,
            Night.keyed(sources.get(0), "123", "Ann"),
            Night.keyed(sources.get(1), "9", "Ann"),
            Night.keyed(sources.get(2), "456", "Ann"),
            Night.keyed(sources.get(3), "8", "Ann"))
        .succeeded();
    night.put("0001/day_1.png", Scans.png(4));
    night.put("0002/day_1.png", Scans.png(5));
    night.score("--form", form).succeeded();
    night.correct(form, Night.keyedLater(sources.get(3), "19", "Bob")).succeeded();
    night.score("--form", form).succeeded();
    assertThat(keyed(sources))
        .containsExactly("123 by Ann", "by nobody", "456 by Ann", "19 by Bob");
  }

  /** Puts a zip down whose entries have the same names whatever is on them. */
  private void putZip(String name, int... digits) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int digit : digits) {
      entries.put(entries.size() + ".png", Scans.png(digit));
    }
    night.put(name, Scans.zip(entries));
  }

  /** Returns what people have said that stands of each of some sources. */
  private List<String> keyed(List<String> sources) {
    Map<String, String> keyed = new HashMap<>();
    TestSpark.session()
        .read()
        .parquet(night.output().resolve("final").toString())
        .selectExpr("source", "if(by = 'person', concat(value, ' by ', person), 'by nobody')")
        .collectAsList()
        .forEach(row -> keyed.put(row.getString(0), row.getString(1)));
    return sources.stream().map(keyed::get).toList();
  }
}
