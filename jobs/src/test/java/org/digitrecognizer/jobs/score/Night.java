// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.review.SourceHash;
import org.digitrecognizer.storage.JsonFile;

/** The score job over a folder of archives, by its command line, and what it wrote. */
public final class Night {

  private final Path archives;
  private final Path output;
  private String scheme = "";

  /**
   * @param directory of a test
   */
  public Night(Path directory) throws IOException {
    archives = Files.createDirectories(directory.resolve("archives"));
    output = directory.resolve("scores");
  }

  /** Lets the archives be read through another file system of local files. */
  Night through(String other) {
    scheme = other + ":";
    return this;
  }

  public Path put(String name, byte[] bytes) throws IOException {
    Path file = archives.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  Path archives() {
    return archives;
  }

  public Path output() {
    return output;
  }

  public CommandRun score(String... more) {
    return scoreFrom(scheme + archives, more);
  }

  CommandRun scoreFrom(String source, String... more) {
    List<String> args =
        new ArrayList<>(List.of("score", "--archives", source, "--output", output.toString()));
    args.addAll(Arrays.asList(more));
    if (!args.contains("--model")) {
      args.addAll(List.of("--model", SmallModel.trained().toString()));
    }
    return CommandRun.digits(args.toArray(String[]::new));
  }

  /** Returns an answer that somebody has keyed without seeing what was read. */
  static String keyed(String source, String value, String who) {
    return answer(source, value, who, "2026-01-02T03:04:00.000Z", 1);
  }

  /** Returns an answer that is keyed after all that a test does. */
  static String keyedLater(String source, String value, String who) {
    return answer(source, value, who, "2100-01-02T03:04:00.000Z", 1);
  }

  /** Returns an answer of a list that was filled in: nobody knows when. */
  static String filledIn(String source, String value, String who) {
    return answer(source, value, who, "", 1);
  }

  /** Returns an answer that somebody has given who has seen what was read. */
  static String seen(String source, String value, String who) {
    return answer(source, value, who, "2026-01-02T03:04:00.000Z", 0);
  }

  private static String answer(String source, String value, String who, String when, int blind) {
    return String.join(",", SourceHash.id(source), value, who, when, "1.5", "" + blind, "key");
  }

  /** Lets the first batch be of long ago. */
  void age() throws IOException {
    reseal(
        "_commits/batch=0/chunk=0.json",
        record -> record.put("finishedAt", "2020-01-02T03:04:05Z"));
    // It repeats the record.
    delete("_folded");
  }

  /**
   * Takes answers in, lines as {@link #keyed} returns them.
   *
   * @param form null for none
   */
  CommandRun correct(String form, String... answers) throws IOException {
    String lines = "id,value,who,when,seconds,blind,how\n" + String.join("\n", answers) + "\n";
    Path file = Files.writeString(output.resolveSibling("answers.csv"), lines);
    List<String> args = new ArrayList<>(List.of("correct", "--output", output.toString()));
    args.addAll(List.of("--corrections", file.toString()));
    if (form != null) {
      args.addAll(List.of("--form", form));
    }
    return CommandRun.digits(args.toArray(String[]::new));
  }

  public List<Row> predictions() {
    return rows("predictions");
  }

  public List<Row> rejected() {
    return rows("rejected");
  }

  List<Row> numbers() {
    return TestSpark.session()
        .read()
        .parquet(output.resolve("numbers").toString())
        .orderBy("archive", "sheet", "field")
        .collectAsList();
  }

  private List<Row> rows(String kind) {
    return TestSpark.session()
        .read()
        .parquet(output.resolve(kind).toString())
        .orderBy("archive", "ordinal", "page")
        .collectAsList();
  }

  /** Leaves the output as a first run leaves it that is killed before it commits some chunk. */
  void killBefore(long chunk) throws IOException {
    forget("_commits/batch=0/", "chunk=" + chunk + ".json");
    delete("predictions/batch=0/chunk=" + chunk);
    delete("rejected/batch=0/chunk=" + chunk);
    delete("numbers/batch=0/chunk=" + chunk);
    forgetRuns(1);
  }

  /** Leaves the output as if runs had died before they were recorded. */
  public void forgetRuns(int... runs) throws IOException {
    delete("_folded");
    for (int run : runs) {
      forget("_runs/", "run=" + run + ".json");
    }
  }

  /** Takes a file away, and the checksum that Hadoop has put beside it. */
  public void forget(String folder, String name) throws IOException {
    Files.delete(output.resolve(folder).resolve(name));
    Files.delete(output.resolve(folder).resolve("." + name + ".crc"));
  }

  /** Changes what a sealed file says, as the program itself would have written it. */
  void reseal(String name, Consumer<ObjectNode> change) throws IOException {
    Path file = output.resolve(name);
    ObjectNode value = (ObjectNode) json(name).get("value");
    change.accept(value);
    // Not through Hadoop, whose checksum beside it would be another's.
    Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.write(file, JsonFile.sealed(value));
  }

  private void delete(String folder) throws IOException {
    FileUtils.deleteDirectory(output.resolve(folder).toFile());
  }

  /** Returns the one row that was rejected. */
  public Row reject() {
    List<Row> rows = rejected();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  /** Returns how an archive is named in the rows. */
  String uri(String name) {
    return (scheme.isEmpty() ? "file:" : scheme) + archives.resolve(name);
  }

  public JsonNode metrics() throws IOException {
    return json("report/metrics.json");
  }

  public JsonNode runMetrics(int run) throws IOException {
    return json("report/runs/" + run + "/metrics.json");
  }

  public JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(output.resolve(name).toFile());
  }

  /** Returns what is the same in two outputs of the same archives: all rows, without batches. */
  List<Map<String, Object>> content() {
    List<Map<String, Object>> content = new ArrayList<>();
    for (String kind : List.of("predictions", "rejected")) {
      TestSpark.session()
          .read()
          .parquet(output.resolve(kind).toString())
          .drop("batch", "chunk")
          .orderBy("archive", "ordinal", "page")
          .collectAsList()
          .forEach(row -> content.add(values(row)));
    }
    return content;
  }

  private static Map<String, Object> values(Row row) {
    Map<String, Object> values = new TreeMap<>();
    for (String name : row.schema().fieldNames()) {
      Object value = row.getAs(name);
      values.put(name, value instanceof scala.collection.Seq<?> seq ? seq.toString() : value);
    }
    return values;
  }
}
