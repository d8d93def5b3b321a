// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people have keyed of a picture in whose place there is another since. */
class EarlierAnswersTest {

  @TempDir private Path directory;
  private Night night;

  @BeforeEach
  void night() throws IOException {
    night = new Night(directory);
  }

  @Test
  void anAnswerIsOfTheFileThatWasThereThen() throws IOException {
    putZip("a.zip", 0, 1, 2);
    putZip("b.zip", 3);
    night.score().succeeded();
    List<String> sources =
        night.predictions().stream().map(row -> row.<String>getAs("source")).sorted().toList();
    night
        .correct(
            null,
            Night.keyed(sources.get(0), "none", "Ann"),
            Night.keyed(sources.get(1), "none", "Ann"),
            Night.filledIn(sources.get(2), "none", "Cem"),
            Night.keyed(sources.get(3), "none", "Ann"))
        .succeeded();
    putZip("a.zip", 10, 11, 12);
    night.score("--reread").succeeded();
    night.correct(null, Night.keyedLater(sources.get(1), "none", "Bob")).succeeded();
    night.score().succeeded();
    assertThat(keyed("source"))
        .containsExactly("by nobody", "none by Bob", "none by Cem", "none by Ann");
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
    assertThat(keyed("sheet, field"))
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

  /** Returns what people have said that stands, in some order of the rows. */
  private List<String> keyed(String order) {
    TestSpark.session()
        .read()
        .parquet(night.output().resolve("final").toString())
        .createOrReplaceTempView("standing");
    return TestSpark.session()
        .sql(
            "select if(by = 'person', concat(value, ' by ', person), 'by nobody') from standing"
                + " order by "
                + order)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
