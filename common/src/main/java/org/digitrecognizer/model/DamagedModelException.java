// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import org.digitrecognizer.failure.UserException;

/**
 * What should be a model directory is none, or not whole: as a run that died leaves one. One that
 * may not be read, or that another version wrote, may well be whole.
 */
public final class DamagedModelException extends UserException {

  private static final long serialVersionUID = 1L;

  DamagedModelException(String message) {
    super(message);
  }

  DamagedModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
