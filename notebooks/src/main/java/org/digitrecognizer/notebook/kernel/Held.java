// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook.kernel;

/**
 * Where a cell's code leaves its value. JShell itself only returns it as text. Public since
 * JShell's code is of another package.
 */
public final class Held {

  private static Object value;

  private Held() {}

  /** Keeps a value until it is taken. */
  public static synchronized void keep(Object kept) {
    value = kept;
  }

  /** Returns what was kept, and forgets it. */
  static synchronized Object take() {
    Object taken = value;
    value = null;
    return taken;
  }
}
