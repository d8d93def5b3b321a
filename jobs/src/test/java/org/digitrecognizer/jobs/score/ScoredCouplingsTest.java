// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Numbers that a form couples: what stands, what people are asked, and what their answers change.
 */
class ScoredCouplingsTest {

  /** Places of digits in MNIST's test split. */
  private static final int ONE = 2;

  private static final int TWO = 1;

  private static final int TAR_BLOCK = 512;

  @TempDir private Path directory;
  private Night night;
  private String form;

  @BeforeEach
  void night() throws IOException {
    night = new Night(directory);
    form =
        form(
            """
            form: slip
            image: cells
            group: '(?<sheet>[^/]+)/(?<field>\\w+)_(?<position>\\d+)\\.png$'
            fields:
              member: {digits: 2, once: true}
              amount: {pattern: '[01]'}
              fee:    {pattern: '[01]', decimals: 1}
              total:  {pattern: '[012]\\d', decimals: 1, total: amount + fee}
            """);
  }

  private String form(String yaml) throws IOException {
    return Files.writeString(directory.resolve("form.yaml"), yaml).toString();
  }

  /** With so lax a target all numbers stand that nothing contradicts. */
  private String score(String... more) {
    return night.score(options(more)).succeeded().out().replace('\u00a0', ' ');
  }

  private String[] options(String... more) {
    List<String> options = new ArrayList<>(List.of("--form", form, "--model", "../models/scans"));
    options.addAll(List.of("--target-error", "1"));
    options.addAll(List.of(more));
    if (!options.contains("--audit")) {
      options.addAll(List.of("--audit", "0"));
    }
    return options.toArray(String[]::new);
  }

  /** Draws a sheet: a member of two digits from a place on, 1, 0.1, and a total. */
  private static Map<String, byte[]> sheet(String name, int member, int ones, int tenths)
      throws IOException {
    Map<String, byte[]> cells = new LinkedHashMap<>(member(name, member));
    cells.put(name + "/amount_0.png", Scans.png(ONE));
    cells.put(name + "/fee_0.png", Scans.png(ONE));
    cells.put(name + "/total_0.png", Scans.png(ones));
    cells.put(name + "/total_1.png", Scans.png(tenths));
    return cells;
  }

  private static Map<String, byte[]> member(String name, int place) throws IOException {
    Map<String, byte[]> cells = new LinkedHashMap<>();
    cells.put(name + "/member_0.png", Scans.png(place));
    cells.put(name + "/member_1.png", Scans.png(place + 1));
    return cells;
  }

  private List<String> standing(String where) {
    return TestSpark.session()
        .read()
        .parquet(night.output().resolve("final").toString())
        .where(where)
        .orderBy("archive", "sheet", "field")
        .collectAsList()
        .stream()
        .map(
            row ->
                String.join(
                    " ",
                    row.<String>getAs("sheet"),
                    row.<String>getAs("field"),
                    row.<String>getAs("by"),
                    row.<String>getAs("value"),
                    row.<Boolean>getAs("withdrawn") ? "withdrawn" : "",
                    row.<String>getAs("conflict")))
        .toList();
  }

  private List<String> contradicted() {
    return standing("conflict is not null");
  }

  private String read(String sheet) {
    return night.numbers().stream()
        .filter(row -> row.getAs("sheet").equals(sheet) && row.getAs("field").equals("member"))
        .findFirst()
        .orElseThrow()
        .getAs("number");
  }

  private void correct(String... answers) throws IOException {
    String[] lines = new String[answers.length];
    for (int i = 0; i < answers.length; i++) {
      String[] parts = answers[i].split(" ", 2);
      lines[i] = Night.keyed(night.uri("a.zip") + "!/" + parts[0], parts[1], "Ann");
    }
    night.correct(form, lines).succeeded();
  }

  private String report(String name) throws IOException {
    return Files.readString(night.output().resolve("report").resolve(name));
  }

  @Test
  void allThatContradictEachOtherWaitForAPersonAndAnAnswerSetsTheOthersFree() throws IOException {
    Map<String, byte[]> cells = sheet("good", 10, ONE, ONE);
    cells.putAll(sheet("bad", 12, TWO, ONE));
    cells.putAll(sheet("twin1", 20, ONE, ONE));
    cells.putAll(sheet("twin2", 20, ONE, ONE));
    Map<String, byte[]> hole = sheet("hole", 14, TWO, ONE);
    hole.remove("hole/fee_0.png");
    cells.putAll(hole);
    night.put("a.zip", Scans.zip(cells));
    night.put("b.zip", Scans.zip(sheet("twin3", 20, ONE, ONE)));
    String out = score();
    String member = read("twin1");
    String twice = " open null  member " + member + " was read on 2 sheets";
    String wrong = " open null  amount + fee is 1.1, total was read 2.1";
    assertThat(contradicted())
        .as("not across archives, and not where a part is missing")
        .containsExactly(
            "bad amount" + wrong,
            "bad fee" + wrong,
            "bad total" + wrong,
            "twin1 member" + twice,
            "twin2 member" + twice);
    assertThat(standing("by = 'open' and conflict is null"))
        .containsExactly("hole fee open null  null");
    assertThat(standing("by = 'machine'")).hasSize(24 - 6);
    assertThat(out)
        .contains("2 conflicts between numbers: 5 numbers go to a person for that.")
        .doesNotContain("stood before");
    JsonNode counts = night.metrics().get("conflicts");
    assertThat(counts.toString())
        .isEqualTo(
            "{\"conflicts\":2,\"open\":5,\"byPerson\":0,\"withdrawn\":0,\"fields\":{\"amount\":1,"
                + "\"fee\":1,\"member\":2,\"total\":1}}");
    assertThat(night.metrics().get("reviewCount").asLong()).isEqualTo(6);
    assertThat(report("review.csv").lines().skip(1)).hasSize(6);
    assertThat(report("review.csv"))
        .contains("\"amount + fee is 1.1, total was read 2.1\"", "was read on 2 sheets,");
    assertThat(report("index.html"))
        .contains("<h3>amount + fee is 1.1, total was read 2.1</h3>", "fee of bad")
        .contains("With those in conflict, sure or not, 6 of 24\u00a0numbers wait for a person.");
    assertThat(report("review/index.html"))
        .as("with pictures, however sure")
        .contains("5 to check");
    assertThat(report("review/page-0001.html")).contains("\"y\":\"member " + member + " was");
    assertThat(score("--verify")).contains("all as they");

    List<String> before = standing("true");
    night.forget("_runs/", "final.json");
    score();
    assertThat(standing("true")).as("made again").isEqualTo(before);

    String other = member.equals("11") ? "22" : "11";
    correct("bad#total 11", "twin2#member " + other, "good#fee 0");
    out = score();
    assertThat(standing("sheet in ('bad', 'twin1', 'twin2') and by = 'person'"))
        .containsExactly("bad total person 11  null", "twin2 member person " + other + "  null");
    String made = "  amount + fee is 1.0, total was read 1.1";
    assertThat(contradicted())
        .as("what a person keyed stands; what it contradicts is taken back, and says so")
        .containsExactly(
            "good amount open null withdrawn" + made.substring(1),
            "good fee person 0" + made,
            "good total open null withdrawn" + made.substring(1));
    assertThat(out).contains("2 of those that wait stood before.");
    assertThat(report("review.csv").lines().skip(1)).hasSize(3);

    correct("good#amount 1", "good#total 11");
    assertThat(score()).contains("1 conflict between numbers: people have keyed all");
    assertThat(standing("by = 'open'")).containsExactly("hole fee open null  null");
  }

  @Test
  void aLaterSheetTakesBackWhatStoodAndARunThatDiesTakesItBackAllTheSame() throws IOException {
    Slips.putLoose(night, "", member("0001", 20));
    Slips.putLoose(night, "", member("0002", 12));
    night.put("a.zip", Scans.zip(member("0001", 20)));
    assertThat(score()).doesNotContain("conflict");
    assertThat(standing("by = 'machine' and field = 'member'")).hasSize(3);

    Slips.putLoose(night, "", member("0003", 20));
    assertThat(score()).contains("1 conflict", "1 of those that wait stood before.");
    String conflict = " member " + read("0003") + " was read on 2 sheets";
    List<String> twice =
        List.of("0001 member open null withdrawn" + conflict, "0003 member open null " + conflict);
    assertThat(contradicted()).isEqualTo(twice);
    assertThat(night.runMetrics(2).at("/conflicts/open").asLong()).as("of the new").isEqualTo(1);

    // As a run leaves it that dies between what stands and its record.
    night.forget("_runs/", "final.json");
    night.forgetRuns(2);
    score();
    assertThat(contradicted()).isEqualTo(twice);
  }

  @Test
  void anImageThatIsANumberIsASheetAndLooseOnesAreOfOneArchive() throws IOException {
    form = form("form: card\nimage: number\nfields:\n  member: {digits: 3, once: true}\n");
    Map<String, byte[]> strips = ScoredNumbersTest.strips(2);
    byte[] strip = strips.values().iterator().next();
    strips.put("again.png", strip);
    night.put("a.zip", Scans.zip(strips));
    night.put("b.zip", Scans.zip(Map.of("again.png", strip)));
    night.put("one.png", strip);
    night.put("two.png", strip);
    assertThat(score()).contains("2 conflicts between numbers: 4 numbers go to a person");
    assertThat(standing("by = 'machine'")).hasSize(2);
  }

  /** Two files of one number, the second of a later night. */
  private void twice() throws IOException {
    form = form("form: card\nimage: number\nfields:\n  member: {digits: 3, once: true}\n");
    byte[] strip = ScoredNumbersTest.strips(1).values().iterator().next();
    night.put("one.png", strip);
    assertThat(score("--audit", "1")).doesNotContain("conflict");
    night.put("two.png", strip);
    assertThat(score()).contains("1 conflict between numbers: 2 numbers go to a person");
  }

  @Test
  void whoHasSeenAnAuditedNumberSettlesItsConflictButNotTheAudit() throws IOException {
    twice();
    String number = night.numbers().get(0).getAs("number");
    String other = number.equals("111") ? "222" : "111";
    night.correct(form, Night.seen(night.uri("one.png"), other, "Ann")).succeeded();
    assertThat(score()).doesNotContain("conflict");
    assertThat(standing("true"))
        .containsExactly(
            "one.png member person " + other + "  null",
            "two.png member machine " + number + "  null");
    JsonNode certificate = night.json("report/certificate.json");
    assertThat(certificate.get("audited").asLong()).isEqualTo(1);
    assertThat(certificate.get("unanswered").asLong()).isEqualTo(1);
    assertThat(report("review/index.html")).as("to be keyed blind").contains("1 to check");
  }

  @Test
  void aConflictGoesWithTheRowsOfOneOfItsNumbers() throws IOException {
    twice();
    night.age();
    CommandRun.digits(
            "expire", "--output", night.output().toString(), "--older-than", "90d", "--rows")
        .succeeded();
    assertThat(score()).doesNotContain("conflict");
    assertThat(standing("true")).singleElement().asString().contains("two.png member machine");
  }

  @Test
  void aConflictGoesWhenOneOfItsNumbersIsReadAnewAsNothing() throws IOException {
    twice();
    night.put("one.png", new byte[0]);
    assertThat(score("--reread")).doesNotContain("conflict");
    assertThat(standing("sheet = 'two.png'"))
        .singleElement()
        .asString()
        .contains("two.png member machine");
  }

  @Test
  void whatIsKeyedForASheetOfAnotherDaysFolderIsComparedWithThatDays() throws IOException {
    Slips.putLoose(night, "05-01/", member("0001", 20));
    scoreFrom("05-01");
    Slips.putLoose(night, "05-01/", member("0002", 12));
    scoreFrom("05-01");
    Slips.putLoose(night, "05-02/", member("0003", 14));
    scoreFrom("05-02");
    String keyed = Night.keyed(night.uri("05-01") + "!/0002#member", read("0001"), "Ann");
    night.correct(form, keyed).succeeded();
    scoreFrom("05-02");
    assertThat(contradicted())
        .extracting(line -> line.substring(0, line.indexOf(" member")))
        .containsExactly("0001", "0002");
  }

  private void scoreFrom(String folder) {
    night.scoreFrom(night.archives() + "/" + folder, options()).succeeded();
  }

  @Test
  void whatIsKeyedForAnImageThatCouldNotBeReadTakesPart() throws IOException {
    form = form("form: card\nimage: number\nfields:\n  member: {digits: 3, once: true}\n");
    Map<String, byte[]> images = ScoredNumbersTest.strips(1);
    images.put("empty.png", new byte[0]);
    night.put("a.zip", Scans.zip(images));
    score();
    assertThat(standing("by = 'machine'")).hasSize(1);
    String number = night.numbers().get(0).getAs("number");
    correct("empty.png " + number);
    assertThat(score()).contains("1 conflict between numbers");
    assertThat(standing("by = 'open'"))
        .singleElement()
        .asString()
        .endsWith("member " + number + " was read or keyed on 2 sheets");
  }

  @Test
  void anImageThatIsThereTwiceHasOneRowAndOneLineEach() throws IOException {
    form = form("form: card\nimage: number\nfields:\n  member: {digits: 3, once: true}\n");
    byte[] strip = ScoredNumbersTest.strips(1).values().iterator().next();
    byte[] one = Scans.tar(Map.of("again.png", strip));
    int used = TAR_BLOCK * (1 + (strip.length + TAR_BLOCK - 1) / TAR_BLOCK);
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    twice.write(one, 0, used);
    twice.write(one);
    night.put("a.tar", twice.toByteArray());
    score();
    assertThat(night.numbers()).hasSize(2);
    assertThat(standing("by = 'open'")).hasSize(2);
    assertThat(report("review.csv").lines()).as("header, and a line each").hasSize(3);
  }
}
