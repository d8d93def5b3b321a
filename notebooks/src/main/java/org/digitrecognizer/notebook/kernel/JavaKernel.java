// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook.kernel;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Answers Jupyter's requests with a {@link JavaShell}. */
final class JavaKernel extends BaseKernel {

  private final JavaShell shell = new JavaShell();

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder("java")
        .version(Runtime.version().toString())
        .mimetype("text/x-java")
        .fileExtension(".jsh")
        .pygments("java")
        .codemirror("text/x-java")
        .build();
  }

  @Override
  public DisplayData eval(String cell) {
    Object value = shell.run(cell);
    return value == null ? null : getRenderer().render(value);
  }

  @Override
  public ReplacementOptions complete(String cell, int cursor) {
    JavaShell.Completions found = shell.complete(cell, cursor);
    return new ReplacementOptions(found.words(), found.from(), cursor);
  }

  @Override
  public DisplayData inspect(String cell, int cursor, boolean more) {
    String found = shell.document(cell, cursor);
    return found.isEmpty() ? null : new DisplayData(found);
  }

  @Override
  public void interrupt() {
    shell.stop();
  }

  @Override
  public void onShutdown(boolean restarting) {
    shell.close();
  }

  @Override
  public List<String> formatError(Throwable error) {
    return error instanceof CellException ? List.of(error.getMessage()) : super.formatError(error);
  }
}
