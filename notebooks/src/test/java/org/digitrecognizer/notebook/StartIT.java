// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel that notebooks/start.sh sets up, with a Jupyter that only says how it was called. */
class StartIT {

  @TempDir private Path directory;

  @Test
  void jupyterFindsTheKernelAndTheResults() throws Exception {
    Path work = Files.createDirectories(directory.resolve("my work"));
    Files.createDirectory(work.resolve("scores"));
    Command run =
        Command.start(
            directory,
            Map.of("PATH", stubs(), "JUPYTER_PATH", "/mine"),
            "my work",
            "--",
            "--debug");
    assertThat(run.status()).as(run.toString()).isZero();
    Path kernels = Command.HOME.resolve("notebooks/target/jupyter");
    assertThat(run.output().lines())
        .containsExactly(
            "--debug " + Command.HOME.resolve("notebooks"),
            kernels + ":/mine",
            work.toRealPath().toString());
    JsonNode kernel =
        new ObjectMapper().readTree(kernels.resolve("kernels/java/kernel.json").toFile());
    assertThat(kernel.get("language").asText()).isEqualTo("java");
    List<String> command = new ArrayList<>();
    kernel.get("argv").forEach(word -> command.add(word.asText()));
    assertThat(command).hasSize(3).last().isEqualTo("{connection_file}");
    Command java = Command.run(directory, Map.of(), command.subList(0, 2));
    assertThat(java.status()).as(java.toString()).isEqualTo(2);
    assertThat(java.errors())
        .isEqualTo("digits kernel: Jupyter starts it, with a connection file; see start.sh\n");
  }

  /** Returns a PATH on which jupyter-lab is the first of all commands. */
  private String stubs() throws IOException {
    Path commands = Files.createDirectory(directory.resolve("bin"));
    Command.stub(
        commands.resolve("jupyter-lab"),
        "echo \"$@\"\necho \"$JUPYTER_PATH\"\necho \"$DIGITS_WORK\"");
    return commands + ":" + System.getenv("PATH");
  }
}
