// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

/** What a Keras file asks for and a digit network cannot do; becomes the one line for the user. */
final class Unconvertible extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param why follows the name of the file and a colon
   */
  Unconvertible(String why) {
    super(why);
  }
}
