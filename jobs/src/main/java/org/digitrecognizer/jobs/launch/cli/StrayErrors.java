// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.lang.Thread.UncaughtExceptionHandler;

/**
 * Shows what a thread dies of as Java does, but for interruptions: Spark interrupts its own threads
 * when it stops, at the end of a job as when it is told to, and some die of it.
 */
public final class StrayErrors implements UncaughtExceptionHandler {

  @Override
  public void uncaughtException(Thread thread, Throwable error) {
    if (!(error instanceof InterruptedException)) {
      System.err.print("Exception in thread \"" + thread.getName() + "\" ");
      error.printStackTrace();
    }
  }
}
