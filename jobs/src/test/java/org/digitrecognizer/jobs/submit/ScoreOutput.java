// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
  Map<String, Integer> countsByArchive() throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    for (String kind : List.of(PREDICTIONS, REJECTED)) {
      rows(kind).forEach(row -> counts.merge(row.getAs("archive"), 1, Integer::sum));
    }
    return counts;
  }

  /** Asserts what must hold at every time: no image is there twice, and no uncommitted chunk. */
  void requireSound() throws IOException {
    List<Row> predictions = rows(PREDICTIONS);
    List<Row> rejected = rows(REJECTED);
    requireNothingTwice(predictions, rejected);
    requireCommitted(PREDICTIONS, predictions);
    requireCommitted(REJECTED, rejected);
  }

  JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(directory.resolve(name).toFile());
  }

  /** Asserts that no image is there twice. */
  void requireNothingTwice() throws IOException {
    requireNothingTwice(rows(PREDICTIONS), rows(REJECTED));
  }

  private static void requireNothingTwice(List<Row> predictions, List<Row> rejected) {
    Set<List<Object>> seen = new HashSet<>();
    for (List<Row> rows : List.of(predictions, rejected)) {
      for (Row row : rows) {
        List<Object> place = List.of(row.getAs("archive"), row.getAs("ordinal"), row.getAs("page"));
        assertThat(seen.add(place)).as("%s once", row).isTrue();
      }
    }
  }

  private void requireCommitted(String kind, List<Row> rows) throws IOException {
    Map<String, Long> chunks =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> "batch=%s/chunk=%s".formatted(row.getAs("batch"), row.getAs("chunk")),
                    Collectors.counting()));
    for (Map.Entry<String, Long> chunk : chunks.entrySet()) {
      JsonNode record = json("_commits/" + chunk.getKey() + ".json");
      assertThat(record.path("value").path(kind).path("rows").asLong())
          .as("rows of %s in %s, by its record", kind, chunk.getKey())
          .isEqualTo(chunk.getValue());
    }
  }

  private List<Row> rows(String kind) throws IOException {
    return isBegun(kind) || hasRows(kind) ? read(kind).collectAsList() : List.of();
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
