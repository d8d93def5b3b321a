// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

/** Ends the launcher with one line. */
final class LaunchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private LaunchException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Returns an error in the command line, exit status 2. */
  static LaunchException wrongUsage(String message) {
    return new LaunchException(2, message);
  }

  /** Returns an error in what lies around the launcher, exit status 1. */
  static LaunchException failed(String message) {
    return new LaunchException(1, message);
  }

  int status() {
    return status;
  }
}
