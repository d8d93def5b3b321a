// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.assertj.core.data.Offset;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.review.SourceHash;
import org.digitrecognizer.scan.Encoding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers whose digits are separate images, under a form, by the command line. */
class ScoredCellsTest {

  @TempDir private Path directory;
  private Night night;
  private String form;

  @BeforeEach
  void night() throws IOException {
    night = new Night(directory);
    form = Slips.form(directory, "account: {digits: 3}, day: {digits: 1..2}");
  }

  private CommandRun score(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--form", form));
    arguments.addAll(List.of(more));
    return night.score(arguments.toArray(String[]::new));
  }

  private static byte[] blank() throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    return Encoding.image("png", image);
  }

  private Row number(String sheet, String field) {
    return night.numbers().stream()
        .filter(row -> row.getAs("sheet").equals(sheet) && row.getAs("field").equals(field))
        .findFirst()
        .orElseThrow();
  }

  private static List<Row> digits(Row number) {
    return number.getList(number.fieldIndex("digits"));
  }

  @Test
  void cellsOfSeveralChunksMakeNumbersAndEachImageHasItsRow() throws IOException {
    Map<String, byte[]> cells = Slips.slip("0001", 0);
    cells.putAll(Slips.slip("0002", 10));
    cells.put("0002/day_1.png", Scans.png(20));
    cells.put("readme.txt", new byte[] {'h', 'i'});
    cells.put("0003/page.png", Scans.png(0));
    cells.put("0003/branch_0.png", Scans.png(0));
    night.put("a.zip", Scans.zip(cells));
    night.put("b.zip", Scans.zip(Slips.slip("0001", 30)));
    assertThat(score("--chunk-images", "4").succeeded().out())
        .contains("Read 13 of 16 new images", "3 rejected", "Their cells make 6\u00a0numbers");

    assertThat(night.predictions()).hasSize(13);
    assertThat(night.rejected())
        .extracting(row -> row.getAs("entry") + " " + row.getAs("reason"))
        .containsExactly(
            "readme.txt UNSUPPORTED_FORMAT",
            "0003/page.png NOT_ON_FORM",
            "0003/branch_0.png NOT_ON_FORM");
    assertThat(night.rejected().get(2).<String>getAs("detail"))
        .isEqualTo("The form has no field 'branch', only account, day");
    assertThat(Slips.statuses(night))
        .containsExactly(
            "0001 account READ",
            "0001 day READ",
            "0002 account READ",
            "0002 day READ",
            "0001 account READ",
            "0001 day READ");
    Row account = night.numbers().get(0);
    assertThat(account.<String>getAs("archive")).isEqualTo(night.uri("a.zip"));
    assertThat(account.<String>getAs("source")).isEqualTo(night.uri("a.zip") + "!/0001#account");
    assertThat(account.<String>getList(account.fieldIndex("sources")))
        .containsExactly(
            night.uri("a.zip") + "!/0001/account_0.png",
            night.uri("a.zip") + "!/0001/account_1.png",
            night.uri("a.zip") + "!/0001/account_2.png");
    assertThat(account.<String>getAs("number")).matches("\\d{3}");
    assertThat(account.<Double>getAs("validMass")).isCloseTo(1, Offset.offset(1e-6));
    StringBuilder spelled = new StringBuilder();
    digits(account).forEach(digit -> spelled.append(digit.<Integer>getAs("digit")));
    assertThat(spelled).hasToString(account.getAs("number"));
    assertThat(number("0002", "day").<String>getAs("number")).matches("\\d{2}");
    assertThat(score("--verify").succeeded().out()).contains("all as they");
    assertThat(score("--chunk-images", "4").succeeded().out()).contains("Nothing new to read");
    assertThat(night.numbers()).hasSize(6);
  }

  @Test
  void missingAndDoubledCellsGoToAPerson() throws IOException {
    Map<String, byte[]> cells = Slips.slip("hole", 0);
    cells.remove("hole/account_1.png");
    cells.putAll(Slips.slip("twice", 10));
    cells.put("copy/twice/account_1.png", Scans.png(50));
    cells.putAll(Slips.account("noday", 20));
    cells.putAll(Slips.slip("broken", 30));
    cells.put("broken/account_2.png", new byte[] {1, 2, 3});
    cells.putAll(Slips.slip("short", 40));
    cells.put("short/day_0.png", blank());
    cells.put("short/day_1.png", Scans.png(44));
    night.put("a.zip", Scans.zip(cells));
    score("--target-error", "1", "--audit", "0").succeeded();
    assertThat(Slips.statuses(night))
        .containsExactly(
            "broken account INCOMPLETE",
            "broken day READ",
            "hole account INCOMPLETE",
            "hole day READ",
            "noday account READ",
            "noday day INCOMPLETE",
            "short account READ",
            "short day READ",
            "twice account DUPLICATE",
            "twice day READ");
    assertThat(number("short", "day").<String>getAs("number")).as("blank before it").hasSize(1);
    assertThat(digits(number("hole", "account"))).as("what there is of it").hasSize(2);
    assertThat(number("noday", "day").<String>getList(0)).isEmpty();

    JsonNode account = night.metrics().path("fields").path("account");
    assertThat(account.path("numbers").asLong()).isEqualTo(5);
    assertThat(account.path("incomplete").asLong()).isEqualTo(2);
    assertThat(account.path("duplicate").asLong()).isEqualTo(1);
    assertThat(report("review.csv").lines().skip(1))
        .as("whatever the threshold")
        .hasSize(4)
        .allMatch(line -> line.contains(",incomplete,") || line.contains(",duplicate,"));
    assertThat(report("index.html"))
        .contains("a digit is missing, or could not be read", "a digit is there more than once")
        .containsPattern("Numbers</span>\\s*<strong>10</strong>");
    assertThat(report("review/index.html")).contains("3 to check", "1 more have no picture");
    assertThat(report("review/page-0001.html")).contains("\"y\":\"INCOMPLETE\"");
    assertThat(standing())
        .contains("hole account null open", "twice account null open", "noday day null open")
        .hasSize(10);
  }

  private String report(String name) throws IOException {
    return Files.readString(night.output().resolve("report").resolve(name));
  }

  private List<String> standing() {
    return TestSpark.session()
        .read()
        .parquet(night.output().resolve("final").toString())
        .orderBy("archive", "sheet", "field")
        .collectAsList()
        .stream()
        .map(
            row ->
                String.join(
                    " ",
                    row.<String>getAs("sheet"),
                    row.<String>getAs("field"),
                    row.<String>getAs("value"),
                    row.<String>getAs("by")))
        .toList();
  }

  @Test
  void aLaterCellMakesItsNumberAnew() throws IOException {
    Map<String, byte[]> cells = Slips.slip("0001", 0);
    byte[] late = cells.remove("0001/account_1.png");
    Slips.putLoose(night, "", cells);
    Slips.putLoose(night, "", Slips.slip("0002", 10));
    score("--target-error", "0").succeeded();
    assertThat(Slips.statuses(night))
        .containsExactly(
            "0001 account INCOMPLETE", "0001 day READ", "0002 account READ", "0002 day READ");
    List<Row> before = night.numbers();
    assertThat(before.get(0).<String>getAs("archive")).isEqualTo("file:" + night.archives());

    night.put("0001/account_1.png", late);
    assertThat(score("--target-error", "0").succeeded().out())
        .contains("Read 1 of 1 new images", "Their cells make 1\u00a0number");
    List<Row> after = night.numbers();
    assertThat(after.get(0).<String>getAs("status")).isEqualTo("READ");
    assertThat(after.get(0).<Integer>getAs("batch")).isEqualTo(1);
    assertThat(after.subList(1, 4)).as("the others stay").isEqualTo(before.subList(1, 4));
    assertThat(night.metrics().path("fields").path("account").path("read").asLong()).isEqualTo(2);
    assertThat(night.metrics().path("scored").asLong()).isEqualTo(4);
    assertThat(standing()).hasSize(4);
    assertThat(pieces("0001")).as("its earlier cells are on its picture").isEqualTo(3);
    assertThat(score("--verify").succeeded().out()).contains("all as they");

    // As a run leaves it that dies when the old row is gone and the new one is not there.
    night.forget("_commits/batch=1/", "chunk=1.json");
    FileUtils.deleteDirectory(night.output().resolve("numbers/batch=1").toFile());
    night.forgetRuns(2);
    score("--target-error", "0").succeeded();
    assertThat(night.numbers()).isEqualTo(after);
    assertThat(standing()).hasSize(4);

    night.put("copy/0002/day_0.png", Scans.png(9));
    score("--target-error", "0").succeeded();
    assertThat(Slips.statuses(night))
        .containsExactly(
            "0001 account READ", "0001 day READ", "0002 account READ", "0002 day DUPLICATE");
  }

  @Test
  void aPointIsNotTakenForWhatIsNotKeyed() throws IOException {
    form = Slips.form(directory, "amount: {digits: 1..7, decimals: 2}");
    night.put(
        "a.zip",
        Scans.zip(Map.of("0001/amount_0.png", Scans.png(0), "0002/amount_0.png", Scans.png(1))));
    score("--target-error", "0").succeeded();
    assertThat(correct(said("0001#amount", "120.00"), said("0002#amount", "120")))
        .contains(
            "line 2: '120.00' has a point or comma; key digits only, all of them, as 12050 for"
                + " 120.50",
            "1\u00a0answer, 1 of them new");
  }

  /** Counts the pieces below the picture of an account that a person is to check. */
  private int pieces(String sheet) {
    Row picture =
        TestSpark.session()
            .read()
            .parquet(night.output().resolve("_pictures").toString())
            .where("field = 'account' and sheet = '" + sheet + "'")
            .first();
    return picture.getList(picture.fieldIndex("digits")).size();
  }

  @Test
  void aRunThatDiedIsEndedWithTheSameNumbers() throws IOException {
    Map<String, byte[]> cells = Slips.slip("0001", 0);
    cells.putAll(Slips.slip("0002", 10));
    night.put("a.zip", Scans.zip(cells));
    String[] small = {"--chunk-images", "4", "--target-error", "0"};
    score(small).succeeded();
    List<Row> numbers = night.numbers();
    long chunks = chunks();
    night.killBefore(chunks);
    assertThat(night.numbers()).as("all cells are read, and no number is there").isEmpty();
    score(small).succeeded();
    assertThat(night.numbers()).isEqualTo(numbers);
    assertThat(night.predictions()).hasSize(8);

    night.forget("_commits/batch=0/", "chunk=" + chunks + ".json");
    FileUtils.deleteDirectory(night.output().resolve("numbers/batch=0").toFile());
    night.killBefore(chunks - 1);
    score(small).succeeded();
    assertThat(night.numbers()).isEqualTo(numbers);
    assertThat(night.metrics().path("scored").asLong()).isEqualTo(4);
  }

  /** Returns how many chunks of cells there are: their numbers come behind them. */
  private long chunks() {
    return night.numbers().get(0).<Integer>getAs("chunk");
  }

  @Test
  void aRewrittenArchivesNumbersTakeTheOldOnesPlace() throws IOException {
    night.put("a.zip", Scans.zip(Slips.slip("0001", 0)));
    night.put("b.zip", Scans.zip(Slips.slip("0001", 10)));
    score().succeeded();
    night.put("a.zip", Scans.zip(Slips.slip("0009", 30)));
    FileUtils.deleteDirectory(night.output().resolve("_pictures").toFile());
    score("--reread").succeeded();
    assertThat(Slips.statuses(night))
        .containsExactly(
            "0009 account READ", "0009 day READ", "0001 account READ", "0001 day READ");
    assertThat(score("--verify").succeeded().out()).contains("all as they");
  }

  @Test
  void labelsAndWhatPeopleKeyAreOfFields() throws IOException {
    Map<String, byte[]> cells = Slips.slip("0001", 0);
    cells.remove("0001/account_1.png");
    cells.putAll(Slips.slip("0002", 10));
    night.put("a.zip", Scans.zip(cells));
    Path labels =
        Files.writeString(
            directory.resolve("labels.csv"),
            "sheet,field,number\n0001,account,123\n0001,day,7\n0009,day,7\n");
    assertThat(score("--labels", labels.toString(), "--target-error", "0").succeeded().out())
        .contains("1 of 3\u00a0labels in", "match nothing");
    assertThat(night.numbers())
        .extracting(row -> row.<String>getAs("label"))
        .containsExactly("123", "7", null, null);
    Files.writeString(labels, "sheet,number\n0001,123\n");
    assertThat(score("--labels", labels.toString()).failed())
        .contains("labels.csv, line 1: it has no column field, and the form has several fields");

    assertThat(
            correct(
                said("0001#account", "42"),
                said("0002#day", "123"),
                said("0001/account_0.png", "1")))
        .contains("line 3: the form's rule does not allow '123'", "1\u00a0answer, 1 of them new");
    score("--target-error", "0").succeeded();
    assertThat(standing()).contains("0001 account 042 person", "0002 day null open");
    assertThat(report("review.csv")).doesNotContain("0001#account");
  }

  private String said(String name, String value) {
    return Night.keyed(night.uri("a.zip") + "!/" + name, value, "Ann");
  }

  private String correct(String... lines) throws IOException {
    return night.correct(form, lines).succeeded().out();
  }

  @Test
  void numbersThatStandAreDrawnForTheAudit() throws IOException {
    Map<String, byte[]> cells = Slips.slip("0001", 0);
    cells.putAll(Slips.slip("0002", 10));
    night.put("a.zip", Scans.zip(cells));
    score("--target-error", "1", "--audit", "2").succeeded();
    List<Row> drawn =
        TestSpark.session()
            .read()
            .parquet(night.output() + "/_audit/run=1.parquet")
            .collectAsList();
    assertThat(drawn).hasSize(2);
    String page = Files.readString(night.output().resolve("report/review/page-0001.html"));
    for (Row number : drawn) {
      String source = number.getAs("source");
      assertThat(source).matches(".*/a\\.zip!/000[12]#(account|day)");
      assertThat(page).as("its cells side by side").contains(SourceHash.id(source));
    }
  }
}
