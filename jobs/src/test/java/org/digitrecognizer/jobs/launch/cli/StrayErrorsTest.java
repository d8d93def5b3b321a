// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StrayErrorsTest {

  @Test
  void showsAllButInterruptions() throws Exception {
    assertThat(stderrOfAThreadThatDiesOf(new InterruptedException())).isEmpty();
    assertThat(stderrOfAThreadThatDiesOf(new IllegalStateException("no block")))
        .startsWith(
            "Exception in thread \"dying\" java.lang.IllegalStateException: no block"
                + System.lineSeparator())
        .contains("\tat " + StrayErrorsTest.class.getName());
  }

  private static String stderrOfAThreadThatDiesOf(Exception error) throws Exception {
    PrintStream stderr = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Thread thread = new Thread(() -> sneak(error), "dying");
      thread.setUncaughtExceptionHandler(new StrayErrors());
      thread.start();
      thread.join();
    } finally {
      System.setErr(stderr);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> void sneak(Exception error) throws E {
    throw (E) error;
  }
}
