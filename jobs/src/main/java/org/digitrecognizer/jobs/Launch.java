// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import java.util.Locale;
import org.digitrecognizer.jobs.launch.command.Launcher;

/** The main class that submit/digits asks what to do; it starts nothing itself. */
public final class Launch {

  private Launch() {}

  /**
   * Prints what the script is to do.
   *
   * @param args what the script has found, then the user's arguments
   * @see Launcher#run
   */
  public static void main(String[] args) {
    Locale.setDefault(Locale.US);
    Launcher.run(Digits.jobs(), System.getenv(), System.out, System.err, args);
  }
}
