// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What notebooks/start.sh says when something is missing. */
class StartTest {

  /** What the script calls before it looks for Jupyter. */
  private static final List<String> COMMANDS =
      List.of("bash", "basename", "cat", "dirname", "head", "readlink", "sed");

  @TempDir private Path directory;
  private Map<String, String> withoutJupyter;

  @BeforeEach
  void hideJupyter() throws IOException {
    Path commands = Files.createDirectory(directory.resolve("bin"));
    for (String command : COMMANDS) {
      Command.stub(commands.resolve(command), "exec /usr/bin/" + command + " \"$@\"");
    }
    withoutJupyter =
        Map.of("PATH", commands.toString(), "JAVA_HOME", System.getProperty("java.home"));
  }

  @Test
  void saysWhatToInstallForJupyter() throws Exception {
    Files.createDirectories(directory.resolve("work/scores"));
    Command open = Command.start(directory, withoutJupyter);
    assertThat(open.status()).as(open.toString()).isEqualTo(1);
    assertThat(open.errors())
        .isEqualTo(
            "start: no jupyter-notebook found: install it with 'apt-get install jupyter-notebook'"
                + " or 'pip install jupyterlab'\n");
    Command execute = Command.start(directory, withoutJupyter, "--execute", "out");
    assertThat(execute.status()).as(execute.toString()).isEqualTo(1);
    assertThat(execute.errors())
        .isEqualTo(
            "start: no jupyter-nbconvert found: install it with 'apt-get install"
                + " jupyter-nbconvert' or 'pip install nbconvert'\n");
  }

  @Test
  void saysWhatToRunFirst() throws Exception {
    Command run = Command.start(directory, withoutJupyter, "results");
    assertThat(run.status()).as(run.toString()).isEqualTo(1);
    assertThat(run.errors())
        .isEqualTo(
            "start: results/scores is missing: run submit/quickstart.sh first, or name the folder"
                + " that it ran in\n");
  }

  @Test
  void wrongUsageIsStatus2() throws Exception {
    Command unknown = Command.start(directory, withoutJupyter, "--port");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.errors())
        .isEqualTo("start: no option --port; see notebooks/start.sh --help\n");
    Command bare = Command.start(directory, withoutJupyter, "--execute");
    assertThat(bare.status()).isEqualTo(2);
    assertThat(bare.errors())
        .isEqualTo("start: --execute needs a folder; see notebooks/start.sh --help\n");
  }

  @Test
  void helpNamesTheOptions() throws Exception {
    Command help = Command.start(directory, withoutJupyter, "--help");
    assertThat(help.status()).as(help.toString()).isZero();
    assertThat(help.output()).contains("--execute OUTPUT", "--notebooks FOLDER", "./work");
  }
}
