// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook.kernel;

import java.util.Arrays;
import java.util.List;
import jdk.jshell.EvalException;
import jdk.jshell.JShellException;

/** What is shown of an exception that a cell threw. */
final class CellTrace {

  private CellTrace() {}

  /** Returns exception and causes, each with the calls from where it was thrown to the cell. */
  static String of(JShellException error) {
    StringBuilder trace = new StringBuilder(name(error));
    addCalls(error, trace);
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      trace.append("\nCaused by: ").append(name(cause));
      addCalls(cause, trace);
    }
    return trace.toString();
  }

  private static String name(Throwable error) {
    String type =
        error instanceof EvalException thrown
            ? thrown.getExceptionClassName()
            : error.getClass().getName();
    return error.getMessage() == null ? type : type + ": " + error.getMessage();
  }

  private static void addCalls(Throwable error, StringBuilder trace) {
    List<StackTraceElement> calls = Arrays.asList(error.getStackTrace());
    int last = calls.size() - 1;
    while (last >= 0 && !isCell(calls.get(last))) {
      last--;
    }
    calls.subList(0, last + 1).forEach(call -> trace.append("\n    at ").append(place(call)));
  }

  /** JShell takes the names off the classes that it makes of a cell. */
  private static boolean isCell(StackTraceElement call) {
    return call.getClassName().isEmpty();
  }

  private static String place(StackTraceElement call) {
    return isCell(call)
        ? call.getMethodName() + "(line " + call.getLineNumber() + ")"
        : call.toString();
  }
}
