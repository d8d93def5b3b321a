// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebooks, run by a real Jupyter without a browser. */
@Tag("slow")
class NotebooksIT {

  /** Where the test of the README's quickstart leaves its results. */
  private static final Path QUICKSTART =
      Command.HOME.resolve("jobs/target/readme-quickstart/work dir");

  @TempDir private Path directory;

  @BeforeEach
  void requireJupyter() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/jupyter-nbconvert")),
        "Skipped: no /usr/bin/jupyter-nbconvert (apt-get install jupyter-nbconvert)");
  }

  @Test
  void everyNotebookRunsOnWhatTheQuickstartLeft() throws Exception {
    Command run = Command.start(directory, Map.of(), "--execute", "out", work().toString());
    assertThat(run.status()).as(run.toString()).isZero();
    List<NotebookFile> executed = NotebookFile.in(directory.resolve("out"));
    assertThat(executed).hasSize(3);
    for (NotebookFile notebook : executed) {
      assertThat(notebook.pictures()).as("%s", notebook.path()).isGreaterThanOrEqualTo(4);
      for (JsonNode cell : notebook.code()) {
        assertThat(NotebookFile.outputs(cell))
            .as("%s: %s", notebook.path(), cell.get("source"))
            .containsExactly("execute_result");
      }
    }
  }

  @Test
  void aCellThatFailsOrDoesNotCompileEndsInStatus1() throws Exception {
    Files.createDirectories(directory.resolve("work/scores"));
    assertThat(failure("int a = 1;\\nSystem.out.println(1 / (a - 1));"))
        .contains("java.lang.ArithmeticException: / by zero")
        .doesNotContain("JavaShell");
    assertThat(failure("int a = nothing;")).contains("cannot find symbol");
  }

  /** Runs a notebook of one cell, and returns what is said of its end. */
  private String failure(String cell) throws IOException, InterruptedException {
    Path notebooks = Files.createDirectories(directory.resolve("mine"));
    Files.writeString(
        notebooks.resolve("failing.ipynb"),
        """
        {"cells": [{"cell_type": "code", "id": "a", "metadata": {}, "source": "%s",
                    "execution_count": null, "outputs": []}],
         "metadata": {"kernelspec": {"name": "java", "display_name": "Java", "language": "java"}},
         "nbformat": 4, "nbformat_minor": 5}
        """
            .formatted(cell));
    Command run =
        Command.start(directory, Map.of(), "--notebooks", "mine", "--execute", "out", "work");
    assertThat(run.status()).as(run.toString()).isEqualTo(1);
    assertThat(run.errors()).endsWith("start: failing.ipynb failed: see above\n");
    return run.errors();
  }

  private static Path work() throws IOException, InterruptedException {
    if (!Files.exists(QUICKSTART.resolve("scores/report/metrics.json"))) {
      Command run =
          Command.run(
              Command.HOME,
              Map.of("EPOCHS", "1"),
              List.of("submit/quickstart.sh", QUICKSTART.toString()));
      assertThat(run.status()).as(run.toString()).isZero();
    }
    return QUICKSTART;
  }
}
