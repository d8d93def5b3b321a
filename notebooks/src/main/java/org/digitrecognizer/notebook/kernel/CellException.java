package org.digitrecognizer.notebook.kernel;

/** A cell that cannot be compiled, or failed; the message is all that there is to be shown. */
final class CellException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CellException(String message) {
    super(message);
  }

  CellException(String message, Throwable cause) {
    super(message, cause);
  }
}
