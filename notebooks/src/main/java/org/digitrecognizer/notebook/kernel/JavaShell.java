// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook.kernel;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;

/**
 * Runs cells, one after the other, in this JVM and with its class path. A cell is any number of
 * statements, declarations, imports and expressions; what it defines, later cells see.
 */
final class JavaShell implements AutoCloseable {

  /** What the jshell command imports when it starts, but for java.util.prefs. */
  private static final List<String> IMPORTS =
      List.of(
          "java.io",
          "java.math",
          "java.net",
          "java.nio.file",
          "java.util",
          "java.util.concurrent",
          "java.util.function",
          "java.util.regex",
          "java.util.stream");

  private final JShell shell;
  private final SourceCodeAnalysis analysis;

  JavaShell() {
    shell =
        JShell.builder()
            .executionEngine("local")
            .compilerOptions("--class-path", System.getProperty("java.class.path"))
            .build();
    analysis = shell.sourceCodeAnalysis();
    IMPORTS.forEach(name -> shell.eval("import " + name + ".*;"));
  }

  /**
   * Runs a cell.
   *
   * @return the value of the expression that the cell ends with; null if it ends otherwise
   * @throws CellException if it does not compile or throws; what came before that is done
   */
  Object run(String cell) {
    Object value = null;
    CompletionInfo next = analysis.analyzeCompletion(cell);
    while (next.completeness() != Completeness.EMPTY) {
      if (next.completeness() == Completeness.DEFINITELY_INCOMPLETE) {
        throw new CellException("This is not complete:\n" + next.remaining().strip());
      }
      boolean whole = next.source() == null;
      value = runSnippet(whole ? next.remaining() : next.source());
      next = analysis.analyzeCompletion(whole ? "" : next.remaining());
    }
    return value;
  }

  private Object runSnippet(String source) {
    Object value = null;
    for (SnippetEvent event : shell.eval(source)) {
      if (event.exception() != null) {
        throw failed(event.exception());
      }
      if (event.status() == Status.REJECTED) {
        throw rejected(event.snippet());
      }
      if (event.causeSnippet() == null) {
        value = value(event.snippet());
      }
    }
    return value;
  }

  private Object value(Snippet snippet) {
    String name =
        switch (snippet.subKind()) {
          case TEMP_VAR_EXPRESSION_SUBKIND -> ((VarSnippet) snippet).name();
          case VAR_VALUE_SUBKIND -> ((ExpressionSnippet) snippet).name();
          default -> null;
        };
    if (name != null) {
      shell.eval(Held.class.getName() + ".keep(" + name + ");");
    }
    return Held.take();
  }

  private CellException failed(JShellException error) {
    if (error instanceof UnresolvedReferenceException unresolved) {
      DeclarationSnippet snippet = unresolved.getSnippet();
      String missing = shell.unresolvedDependencies(snippet).collect(Collectors.joining(" and "));
      return new CellException(snippet.name() + " cannot run without " + missing, error);
    }
    return new CellException(CellTrace.of(error), error);
  }

  private CellException rejected(Snippet snippet) {
    return new CellException(
        shell
            .diagnostics(snippet)
            .map(problem -> describe(problem, snippet.source()))
            .collect(Collectors.joining("\n\n")));
  }

  /** Returns what is wrong, below the line that it is wrong in. */
  private static String describe(Diag problem, String source) {
    int position = (int) Math.max(0, Math.min(problem.getPosition(), source.length()));
    int start = source.lastIndexOf('\n', position - 1) + 1;
    int end = source.indexOf('\n', position);
    String line = source.substring(start, end < 0 ? source.length() : end);
    return line + "\n" + " ".repeat(position - start) + "^\n" + problem.getMessage(Locale.ROOT);
  }

  /**
   * What may stand at a place.
   *
   * @param words that may stand there, without repeats
   * @param from where in the cell the word begins that they replace
   */
  record Completions(List<String> words, int from) {}

  /** Returns what the word that ends at the cursor may become. */
  Completions complete(String cell, int cursor) {
    int[] from = {cursor};
    List<String> words =
        analysis.completionSuggestions(cell, cursor, from).stream()
            .map(SourceCodeAnalysis.Suggestion::continuation)
            .distinct()
            .toList();
    return new Completions(words, from[0]);
  }

  /** Returns the signatures of what stands before the cursor, a line each; may be empty. */
  String document(String cell, int cursor) {
    return analysis.documentation(cell, cursor, false).stream()
        .map(SourceCodeAnalysis.Documentation::signature)
        .collect(Collectors.joining("\n"));
  }

  /** Stops the cell that runs, if one does. */
  void stop() {
    shell.stop();
  }

  @Override
  public void close() {
    shell.close();
  }
}
