// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.failure;

/**
 * Something that whoever started the job can mend: a file that is missing or damaged, an output
 * that exists already, an option out of range. The message is one line that names the file or
 * option, says what was expected and what to do; a job prints it to stderr and exits with status 1.
 */
public class UserException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: what is wrong, with which file, and what to do
   */
  public UserException(String message) {
    super(message);
  }

  /**
   * @param message one line: what is wrong, with which file, and what to do
   * @param cause shown with {@code --verbose} only
   */
  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
