package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.TestSpark;

/** An output of scoring, read as anybody reads it, and its commit records, read as JSON. */
record ScoreOutput(Path directory) {

  private static final String PREDICTIONS = "predictions";
  private static final String REJECTED = "rejected";

  /** Returns all readings as text, to the last bit, in no matter which order they were written. */
  List<String> predictions() {
    return text(read(PREDICTIONS));
  }

  /** Returns all rejects as text, sorted. */
  List<String> rejected() {
    return text(read(REJECTED));
  }

  /** Returns how many rows of both kinds there are, by the archive's URI. */
  Map<String, Integer> countsByArchive() {
    Map<String, Integer> counts = new HashMap<>();
    for (Row row : places()) {
      counts.merge(row.getString(0), 1, Integer::sum);
    }
    return counts;
  }

  /** Asserts what must hold at every time: no image is there twice, and no uncommitted chunk. */
  void requireSound() throws IOException {
    requireNothingTwice();
    requireCommitted(PREDICTIONS);
    requireCommitted(REJECTED);
  }

  JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(directory.resolve(name).toFile());
  }

  /** Asserts that no image is there twice. */
  void requireNothingTwice() {
    Set<List<Object>> seen = new HashSet<>();
    for (Row row : places()) {
      assertThat(seen.add(List.of(row.get(0), row.get(1), row.get(2)))).as("%s once", row).isTrue();
    }
  }

  private List<Row> places() {
    List<Row> places = new ArrayList<>();
    for (String kind : List.of(PREDICTIONS, REJECTED)) {
      if (isBegun(kind)) {
        places.addAll(read(kind).select("archive", "ordinal", "page").collectAsList());
      }
    }
    return places;
  }

  private void requireCommitted(String kind) throws IOException {
    if (!hasRows(kind)) {
      return;
    }
    for (Row chunk : read(kind).groupBy("batch", "chunk").count().collectAsList()) {
      String name = "batch=%s/chunk=%s".formatted(chunk.get(0), chunk.get(1));
      JsonNode record = json("_commits/" + name + ".json");
      assertThat(record.path(kind).path("rows").asLong())
          .as("rows of %s in %s, by its record", kind, name)
          .isEqualTo(chunk.getLong(2));
    }
  }

  /** Whether a run has got so far as to make the folder. */
  private boolean isBegun(String kind) {
    return Files.exists(directory.resolve(kind).resolve("_common_metadata"));
  }

  private boolean hasRows(String kind) throws IOException {
    if (!Files.exists(directory.resolve(kind))) {
      return false;
    }
    try (Stream<Path> files = Files.walk(directory.resolve(kind))) {
      return files.anyMatch(file -> file.getFileName().toString().matches("part-.*\\.parquet"));
    }
  }

  private Dataset<Row> read(String kind) {
    return TestSpark.session().read().parquet(directory.resolve(kind).toString());
  }

  private static List<String> text(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
