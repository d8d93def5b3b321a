// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The notebooks as they are committed: to be looked at without running anything. */
class CommittedNotebooksTest {

  private static final int MOST_BYTES = 1_000_000;
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private final List<NotebookFile> notebooks = NotebookFile.in(Path.of("."));

  CommittedNotebooksTest() throws IOException {}

  @Test
  void thereAreThree() {
    assertThat(notebooks)
        .extracting(notebook -> notebook.path().getFileName().toString())
        .containsExactly("01-dataset.ipynb", "02-training.ipynb", "03-scores.ipynb");
  }

  @Test
  void everyCellShowsWhatItCameTo() {
    for (NotebookFile notebook : notebooks) {
      int count = 0;
      for (JsonNode cell : notebook.code()) {
        String where = notebook.path() + ": " + cell.get("source");
        assertThat(cell.get("execution_count").intValue()).as(where).isEqualTo(++count);
        assertThat(NotebookFile.outputs(cell)).as(where).containsExactly("execute_result");
      }
      assertThat(notebook.pictures()).as("%s", notebook.path()).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void theyAreSmallAndForJava() throws IOException {
    for (NotebookFile notebook : notebooks) {
      assertThat(Files.size(notebook.path())).as("%s", notebook.path()).isLessThan(MOST_BYTES);
      JsonNode metadata = notebook.json().get("metadata");
      assertThat(metadata.at("/kernelspec/name").asText()).isEqualTo("java");
      assertThat(metadata.at("/language_info/name").asText()).isEqualTo("java");
    }
  }

  @Test
  void noneTellsWhereItWasRun() {
    for (NotebookFile notebook : notebooks) {
      assertThat(notebook.words())
          .as("%s", notebook.path())
          .doesNotContain("file:/", "/home/", "/root/", "/tmp/", "/Users/", "/work/");
    }
  }

  @Test
  void thatInPythonIsPythonAndShowsPictures() throws IOException, InterruptedException {
    List<NotebookFile> python = NotebookFile.in(Path.of("python"));
    assertThat(python).hasSize(1);
    NotebookFile notebook = python.get(0);
    assertThat(notebook.json().at("/metadata/kernelspec/name").asText()).isEqualTo("python3");
    assertThat(notebook.pictures()).isEqualTo(2);
    assertThat(Files.size(notebook.path())).isLessThan(MOST_BYTES);
    // Its scans lie wherever "file:" says.
    assertThat(notebook.words()).doesNotContain("/home/", "/root/", "/tmp/", "/Users/");
    assumeTrue(Files.isExecutable(PYTHON), "Skipped: no " + PYTHON);
    for (JsonNode cell : notebook.code()) {
      Process parser =
          new ProcessBuilder(
                  PYTHON.toString(), "-c", "import ast, sys; ast.parse(sys.stdin.read())")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (Writer code = parser.outputWriter(StandardCharsets.UTF_8)) {
        code.write(NotebookFile.source(cell));
      }
      assertThat(parser.waitFor()).as(NotebookFile.source(cell)).isZero();
    }
  }
}
