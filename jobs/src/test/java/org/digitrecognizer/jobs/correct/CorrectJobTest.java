// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.correct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.score.Night;
import org.digitrecognizer.jobs.score.Scans;
import org.digitrecognizer.review.SourceHash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the queue to people and back. */
class CorrectJobTest {

  private static final String DESK = "id,value,who,when,seconds,blind,how\r\n";

  @TempDir private Path directory;
  private Night night;

  @BeforeEach
  void scoreOnce() throws IOException {
    night = new Night(directory);
    night.put("a.zip", Scans.zip(Scans.pngs(0, 6)));
    night.put("=bad,\"x\".png", new byte[0]);
    score();
  }

  /** Leaves all of it to people. */
  private String score(String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(List.of("--target-error", "0"));
    return night.score(options.toArray(String[]::new)).succeeded().out();
  }

  private CommandRun correct(Path... files) {
    List<String> args =
        new ArrayList<>(
            List.of("correct", "--output", night.output().toString(), "--person", "Pat"));
    Stream.of(files).forEach(file -> args.addAll(List.of("--corrections", file.toString())));
    return CommandRun.digits(args.toArray(String[]::new));
  }

  /** Returns what a job that is done has said; counts stand before a space that does not break. */
  private static String out(CommandRun run) {
    return run.succeeded().out().replace('\u00a0', ' ').replace('\u202f', ' ');
  }

  private String source(int digit) {
    return "file:" + directory.resolve("archives/a.zip") + "!/%05d.png".formatted(digit);
  }

  private String said(int digit, String value, String who, int minute) {
    return "%s,%s,%s,2026-01-02T03:%02d:00.000Z,1.5,1,key\r\n"
        .formatted(SourceHash.id(source(digit)), value, who, minute);
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(directory.resolve(name), "\ufeff" + DESK + String.join("", lines));
  }

  private String report(String name) throws IOException {
    return Files.readString(night.output().resolve("report").resolve(name));
  }

  private List<Row> corrections() {
    return TestSpark.session()
        .read()
        .parquet(night.output().resolve("corrections").toString())
        .orderBy("source", "who")
        .collectAsList();
  }

  private static long lines(String text) {
    return text.lines().count();
  }

  @Test
  void whatIsAnsweredIsInTheQueueNoMore() throws IOException {
    assertThat(lines(report("review.csv"))).isEqualTo(7);
    assertThat(report("review/page-0001.html")).contains("00003.png");
    Path file = file("ann.csv", said(3, "8", "Ann", 1), said(4, "none", "Ann", 2));

    assertThat(out(correct(file))).contains("ann.csv: 2 answers, 2 of them new");
    Row first = corrections().get(0);
    assertThat(first.<String>getAs("source")).isEqualTo(source(3));
    assertThat(first.<String>getAs("value")).isEqualTo("8");
    assertThat(first.<String>getAs("who")).isEqualTo("Ann");
    assertThat(first.<Boolean>getAs("blind")).isTrue();

    score();
    assertThat(report("review.csv")).doesNotContain("00003.png", "00004.png").contains("00005.png");
    assertThat(lines(report("review.csv"))).isEqualTo(5);
    assertThat(report("review/page-0001.html")).doesNotContain("00003.png").contains("00005.png");
    assertThat(report("index.html")).contains("href=\"review/index.html\"");
  }

  @Test
  void takenInTwiceOrWithMoreItIsThereOnce() throws IOException {
    Path file = file("ann.csv", said(3, "8", "Ann", 1));
    correct(file, file).succeeded();
    assertThat(out(correct(file))).contains("1 answer, 0 of them new");
    Path more = file("more.csv", said(3, "8", "Ann", 1), said(4, "4", "Ann", 2));
    assertThat(out(correct(more))).contains("2 answers, 1 of them new");
    assertThat(corrections()).hasSize(2);
  }

  @Test
  void doubleKeyingTakesTwo() throws IOException {
    correct(file("ann.csv", said(3, "8", "Ann", 1))).succeeded();
    score("--double-key");
    assertThat(report("review.csv")).contains("00003.png");
    assertThat(report("review/page-0001.html"))
        .contains("data-double-key=\"true\"")
        .contains("\"k\":[\"ann\"]");
    correct(file("bob.csv", said(3, "8", "Bob", 2))).succeeded();
    score("--double-key");
    assertThat(report("review.csv")).doesNotContain("00003.png");
  }

  @Test
  void listsComeBackAsTheyAre() throws IOException {
    Path review = night.output().resolve("report/review.csv");
    Path rejected = night.output().resolve("report/rejected.csv");
    assertThat(rejected).content().contains("EMPTY").contains("archives/=bad,\"\"x\"\".png");
    for (Path list : List.of(review, rejected)) {
      String filled = Files.readString(list).replaceFirst(",(\r\n)$", ",x$1");
      Files.writeString(list, filled);
      Files.delete(list.resolveSibling("." + list.getFileName() + ".crc"));
    }
    correct(review, rejected).succeeded();
    assertThat(corrections()).hasSize(2).allMatch(row -> row.getAs("who").equals("Pat"));
    score();
    assertThat(night.output().resolve("report/review.csv"))
        .as("a person's")
        .content()
        .contains(",x");
    assertThat(lines(report("review-run-2.csv"))).isEqualTo(6);
    assertThat(lines(report("rejected-run-2.csv"))).isEqualTo(1);
  }

  @Test
  void whatIsNotOfThisOutputIsSaidAndTheRestGoesIn() throws IOException {
    Path mixed =
        file("ann.csv", said(99, "8", "Ann", 1), said(3, "77", "Ann", 1), said(4, "4", "Ann", 1));
    String out = out(correct(mixed));
    assertThat(out)
        .contains("ann.csv, line 2: no image of this output is called 'i")
        .contains("ann.csv, line 3: '77' is no digit")
        .contains("ann.csv: 1 answer, 1 of them new");
    assertThat(correct(file("other.csv", said(98, "8", "Ann", 1))).failed())
        .contains("none of them is of an image in");
    assertThat(
            CommandRun.digits(
                    "correct",
                    "--output",
                    directory.toString(),
                    "--corrections",
                    file("x.csv").toString())
                .failed())
        .contains("is no output of score");
  }

  @Test
  void makingTheOutputAnewKeepsWhatPeopleSaid() throws IOException {
    correct(file("ann.csv", said(3, "8", "Ann", 1))).succeeded();
    score("--overwrite");
    assertThat(corrections()).hasSize(1);
    assertThat(report("review.csv")).doesNotContain("00003.png").contains("00004.png");
  }

  @Test
  void aRunWithNothingNewAndNoNewAnswersWritesNothing() throws IOException {
    correct(file("ann.csv", said(3, "8", "Ann", 1))).succeeded();
    score();
    Path page = night.output().resolve("report/review/page-0001.html");
    Object before = Files.getLastModifiedTime(page);
    score();
    assertThat(Files.getLastModifiedTime(page)).isEqualTo(before);
  }
}
