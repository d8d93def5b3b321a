// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of which a cell is lost, or lies beside those of another day. */
class MissingCellsTest {

  /** Bytes: two empty blocks. */
  private static final int END_OF_TAR = 1024;

  /** Bytes that are left of the header of the entry at which a tar breaks off. */
  private static final int BROKEN_HEADER = 100;

  @TempDir private Path directory;
  private Night night;
  private String form;

  @BeforeEach
  void night() throws IOException {
    night = new Night(directory);
    form = Slips.form(directory, "account: {digits: 3}, day: {digits: 1..2}");
  }

  /** Sheets are numbered afresh each day. */
  @Test
  void looseCellsOfAnotherDaysFolderAreOfAnotherArchive() throws IOException {
    Map<String, byte[]> second = Slips.slip("0001", 10);
    second.remove("0001/account_1.png");
    Slips.putLoose(night, "05-01/", Slips.slip("0001", 0));
    Slips.putLoose(night, "05-02/", second);
    night.scoreFrom(night.archives() + "/05-01", "--form", form).succeeded();
    List<Row> before = night.numbers();
    night.scoreFrom(night.archives() + "/05-02", "--form", form).succeeded();
    assertThat(Slips.statuses(night))
        .containsExactly(
            "0001 account READ", "0001 day READ", "0001 account INCOMPLETE", "0001 day READ");
    assertThat(night.numbers().subList(0, 2)).isEqualTo(before);
  }

  @Test
  void anAuditedNumberThatALaterCellMakesAnewCountsNoMore() throws IOException {
    String[] options = {"--form", form, "--target-error", "1", "--audit", "2"};
    Slips.putLoose(night, "", Slips.slip("0001", 0));
    night.score(options).succeeded();
    Row day = night.numbers().get(1);
    assertThat(day.<String>getAs("field")).isEqualTo("day");
    night.correct(form, Night.keyed(day.getAs("source"), day.getAs("number"), "Ann")).succeeded();
    night.put("0001/day_1.png", Scans.png(4));
    night.score(options).succeeded();
    JsonNode certificate = night.json("report/runs/1/certificate.json");
    assertThat(certificate.get("audited").asLong()).as("the account").isEqualTo(1);
    assertThat(certificate.get("right").asLong()).isZero();
  }

  @Test
  void aLooseCellThatCannotBeReadIsMissingFromItsNumber() throws IOException {
    form = Slips.form(directory, "amount: {digits: 1..7}");
    night.through(FlakyFileSystem.SCHEME);
    FlakyFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    for (int position = 0; position < 4; position++) {
      night.put("0001/amount_" + position + ".png", Scans.png(position));
      night.put("0002/amount_" + (position + 1) + ".png", Scans.png(position));
    }
    FlakyFileSystem.vanish("amount_3.png", 0);
    FlakyFileSystem.fail("amount_4.png", 0, Integer.MAX_VALUE);
    night.score("--form", form).succeeded();
    assertThat(night.rejected())
        .extracting(row -> row.<String>getAs("sheet") + " " + row.<String>getAs("field"))
        .containsExactly("0001 amount", "0002 amount", "0002 amount");
    assertThat(Slips.statuses(night))
        .containsExactly("0001 amount INCOMPLETE", "0002 amount INCOMPLETE");
  }

  /** Whoever packed it put the last cells of some sheets behind the place where it breaks off. */
  @Test
  void ofAnArchiveThatBreaksOffOnlyNumbersStandThatCannotBeLonger() throws IOException {
    Map<String, byte[]> cells = Slips.slip("0001", 0);
    cells.putAll(Slips.slip("0002", 10));
    cells.put("0002/day_1.png", Scans.png(20));
    Map<String, byte[]> all = new LinkedHashMap<>(cells);
    all.put("0001/day_1.png", Scans.png(21));
    int kept = Scans.tar(cells).length - END_OF_TAR + BROKEN_HEADER;
    night.put("a.tar", Arrays.copyOf(Scans.tar(all), kept));
    night.put("b.tar", Scans.tar(cells));
    night.score("--form", form).succeeded();
    assertThat(night.reject().<String>getAs("archive")).isEqualTo(night.uri("a.tar"));
    assertThat(Slips.statuses(night))
        .containsExactly(
            "0001 account READ",
            "0001 day INCOMPLETE",
            "0002 account READ",
            "0002 day READ",
            "0001 account READ",
            "0001 day READ",
            "0002 account READ",
            "0002 day READ");
  }
}
