// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;

/** The kernel's process, which Jupyter starts, one a notebook. */
public final class KernelMain {

  private KernelMain() {}

  /**
   * Serves one notebook until Jupyter ends the kernel, or ends itself.
   *
   * @param args the file in which Jupyter wrote the connection's ports and key
   */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    if (args.length != 1) {
      System.err.println("digits kernel: Jupyter starts it, with a connection file; see start.sh");
      System.exit(2);
    }
    LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
    String connectionFile = Files.readString(Path.of(args[0]));
    endWithJupyter();
    // Before the connection: its threads take over the class loader that finds what cells define.
    JavaKernel kernel = new JavaKernel();
    JupyterConnection connection =
        new JupyterConnection(KernelConnectionProperties.parse(connectionFile));
    // Before the first message: one without a handler is never answered.
    kernel.becomeHandlerForConnection(connection);
    connection.connect();
    connection.waitUntilClose();
    // Threads of Spark would keep the process alive.
    System.exit(0);
  }

  /** A Jupyter that was killed cannot say so. */
  private static void endWithJupyter() {
    ProcessHandle.current().parent().ifPresent(KernelMain::endWith);
  }

  private static void endWith(ProcessHandle jupyter) {
    Thread watch =
        new Thread(
            () -> {
              jupyter.onExit().join();
              System.exit(1);
            },
            "watches Jupyter");
    watch.setDaemon(true);
    watch.start();
  }
}
