// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.score.Scans;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** All jobs read from object storage and write to it, each by the launcher. */
@Tag("slow")
@TestMethodOrder(OrderAnnotation.class)
class ObjectStorageIT {

  private static final String DIGITS =
      Path.of("../submit/digits").toAbsolutePath().normalize().toString();
  private static final String DATASET = ObjectStorage.BUCKET + "dataset";
  private static final String MODEL = ObjectStorage.BUCKET + "model";
  private static final String SCORES = ObjectStorage.BUCKET + "scores";
  private static final int SCANS = 400;

  @TempDir private static Path directory;
  private static ObjectStorage storage;

  @BeforeAll
  static void startStorage() throws Exception {
    storage = ObjectStorage.start(directory);
    storage.put("archives/night.zip", Scans.zip(Scans.pngs(0, SCANS)));
  }

  @AfterAll
  static void stopStorage() {
    storage.close();
  }

  private static List<String> command(Object... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(DIGITS));
    List.of(words).forEach(word -> command.add(word.toString()));
    command.addAll(List.of("--", "--master", "local[2]"));
    command.addAll(QuickJvm.driver());
    command.addAll(storage.options());
    return command;
  }

  private static Run digits(Object... words) throws Exception {
    Run run = Run.of(directory, ObjectStorage.environment(), command(words));
    assertThat(run.status()).as(run.toString()).isZero();
    return run;
  }

  private static Object[] score(Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of("score", "--archives", ObjectStorage.BUCKET + "archives", "--model", MODEL));
    words.addAll(List.of("--output", SCORES, "--batch-images", "200"));
    words.addAll(List.of(more));
    return words.toArray();
  }

  private static JsonNode metrics(String key) throws Exception {
    return new ObjectMapper().readTree(storage.get(key));
  }

  @Test
  @Order(1)
  void aModelIsTrainedFromADatasetThere() throws Exception {
    Path mnist = SmallMnist.write(directory.resolve("mnist"), 300, 60);
    digits("ingest", "--source", mnist, "--output", DATASET);
    digits("train", "--data", DATASET, "--model", MODEL, "--epochs", 1);
    digits(
        "evaluate",
        "--data",
        DATASET,
        "--model",
        MODEL,
        "--output",
        ObjectStorage.BUCKET + "evaluation");
    JsonNode metrics = metrics("evaluation/report/metrics.json");
    assertThat(metrics.path("images").asInt()).isEqualTo(60);
  }

  /** The lock is a lease there, of two that begin in one second both may hold it for a moment. */
  @Test
  @Order(2)
  void aKilledRunIsEndedByTheNextOneThoughTwoHaveBegunAtOnce() throws Exception {
    Run.Started killed = Run.start(directory, ObjectStorage.environment(), command(score()));
    Run.Started beside = Run.start(directory, ObjectStorage.environment(), command(score()));
    while (storage.keys("scores/_commits/").stream().noneMatch(key -> key.endsWith(".json"))) {
      assertThat(killed.process().isAlive() || beside.process().isAlive())
          .as("until one has committed a chunk")
          .isTrue();
      Thread.sleep(20);
    }
    killed.process().destroyForcibly();
    assertThat(killed.end()).matches(run -> run.status() == 137 || lostLease(run));
    assertThat(beside.end()).matches(run -> run.status() == 0 || lostLease(run));

    Run run = digits(score());

    assertThat(run.errors()).isEmpty();
    assertThat(metrics("scores/report/metrics.json").path("images").asInt()).isEqualTo(SCANS);
    assertThat(sources()).hasSize(SCANS).doesNotHaveDuplicates();
    assertThat(digits(score("--verify")).output()).contains("as they were written");
  }

  private static boolean lostLease(Run run) {
    return run.status() == 1 && run.errors().contains("Another run is writing to " + SCORES);
  }

  /** Of the rows as they lie there, fetched one by one. */
  private static List<String> sources() throws Exception {
    Path rows = directory.resolve("rows");
    for (String key : storage.keys("scores/predictions/")) {
      if (!key.endsWith("/")) {
        Path file = rows.resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, storage.get(key));
      }
    }
    return TestSpark.session()
        .read()
        .parquet(rows.resolve("scores/predictions").toString())
        .select("source")
        .collectAsList()
        .stream()
        .map((Row row) -> row.getString(0))
        .toList();
  }

  @Test
  @Order(3)
  void aNightThatFindsNothingNewAsksLittle() throws Exception {
    long before = storage.requests();
    assertThat(digits(score()).output()).contains("Nothing new to read.");
    assertThat(storage.requests() - before)
        .as("requests; see docs/object-storage.md")
        .isLessThan(250);
  }
}
