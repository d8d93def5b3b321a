// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.console;

import java.io.PrintWriter;

/** The line on a terminal that moves. Not safe for use by several threads. */
public final class ConsoleLine {

  private static final int USUAL_WIDTH = 80;

  private final PrintWriter out;
  private final boolean terminal;
  private int shown;

  ConsoleLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether this process has a terminal. */
  // Java ends at 21 here; from 22 on the console would have to be asked more closely.
  @SuppressWarnings("SystemConsoleNull")
  static boolean ofTerminal() {
    return System.console() != null;
  }

  boolean onTerminal() {
    return terminal;
  }

  /** Shows a text in place of what the line shows; elsewhere on a line of its own. */
  void show(String text) {
    if (terminal) {
      out.print("\r" + text + blanks(shown - text.length()));
      shown = text.length();
    } else {
      out.println(text);
    }
    out.flush();
  }

  /** Wipes the line off a terminal. */
  void clear() {
    if (terminal && shown > 0) {
      out.print("\r" + blanks(shown) + "\r");
      out.flush();
      shown = 0;
    }
  }

  /** Lets the line stand; what comes next is below it. */
  void end() {
    if (terminal) {
      out.println();
    }
    out.flush();
    shown = 0;
  }

  /** Says something on a line of its own, whatever line is moving on the terminal. */
  public static void say(PrintWriter out, String text) {
    say(out, ofTerminal(), text);
  }

  static void say(PrintWriter out, boolean terminal, String text) {
    out.println(terminal ? "\r" + text + blanks(USUAL_WIDTH - text.length()) : text);
    out.flush();
  }

  private static String blanks(int count) {
    return " ".repeat(Math.max(0, count));
  }
}
