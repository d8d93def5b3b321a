// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries of docs/python.md and of the notebook in Python, over what the jobs wrote. */
@Tag("slow")
class PythonPageTest {

  private static final Path PAGE = Path.of("..", "docs", "python.md");
  private static final Path NOTEBOOK = Path.of("..", "notebooks", "python", "scores.ipynb");

  /** As a cell has it, in three quotes. */
  private static final Pattern OF_CELL =
      Pattern.compile("\"{3}\n( +SELECT.+?)\"{3}", Pattern.DOTALL);

  private static final Pattern QUERY = Pattern.compile("```sql\n(.+?);\n```", Pattern.DOTALL);

  @TempDir private static Path work;

  @BeforeAll
  static void runTheJobs() throws IOException {
    TestSpark.session();
    Path source = SmallMnist.write(work.resolve("mnist"), 60, 40);
    digits("ingest", "--source", source, "--output", work.resolve("dataset"));
    Path scans = work.resolve("scans");
    digits("samples", "--source", source, "--output", scans, "--images", 30, "--extras");
    digits(
        "score",
        "--archives",
        scans,
        "--model",
        SmallModel.trained(),
        "--output",
        work.resolve("scores"),
        "--labels",
        scans.resolve("labels.csv"));
  }

  private static void digits(Object... words) {
    CommandRun.digits(List.of(words).stream().map(Object::toString).toArray(String[]::new))
        .succeeded();
  }

  @Test
  void everyQueryOfThePageAnswers() throws IOException, SQLException {
    List<String> queries =
        QUERY.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
    assertThat(queries).hasSize(4);

    assertThat(answer(queries.get(0)))
        .containsExactly(List.of("test", "40", "784"), List.of("train", "60", "784"));
    assertThat(answer(queries.get(1)).stream().mapToInt(row -> Integer.parseInt(row.get(1))).sum())
        .as("readings with a label")
        .isEqualTo(30);
    assertThat(answer(queries.get(2))).hasSize(10);
    assertThat(answer(queries.get(3))).isNotEmpty();
  }

  @Test
  void everyQueryOfTheNotebookAnswers() throws IOException, SQLException {
    // A scan of one digit is a number of one digit.
    Path form =
        Files.writeString(
            work.resolve("form.yaml"), "form: f\nimage: number\nfields:\n  n: {digits: 1}\n");
    digits(
        "score",
        "--archives",
        work.resolve("scans"),
        "--form",
        form,
        "--model",
        SmallModel.trained(),
        "--output",
        work.resolve("forms"));
    List<String> queries = new ArrayList<>();
    for (JsonNode cell : new ObjectMapper().readTree(NOTEBOOK.toFile()).get("cells")) {
      StringBuilder source = new StringBuilder();
      cell.get("source").forEach(line -> source.append(line.asText()));
      OF_CELL.matcher(source).results().forEach(found -> queries.add(found.group(1)));
    }
    assertThat(queries).hasSize(5);
    for (String query : queries) {
      assertThat(answer(query.replace("work/scores/numbers", "work/forms/numbers")))
          .as(query)
          .isNotEmpty();
    }
  }

  private static List<List<String>> answer(String query) throws SQLException {
    String here = query.replace("'work/", "'" + work + "/");
    List<List<String>> rows = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet result = statement.executeQuery(here)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          row.add(result.getString(column));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
