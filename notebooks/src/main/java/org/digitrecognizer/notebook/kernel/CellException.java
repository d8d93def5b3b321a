// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook.kernel;

/** A cell that cannot be compiled, or failed; the message is all that there is to be shown. */
final class CellException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CellException(String message) {
    this(message, null);
  }

  /** The kernel's own calls are no concern of whoever wrote the cell. */
  CellException(String message, Throwable cause) {
    super(message, cause, false, false);
  }
}
