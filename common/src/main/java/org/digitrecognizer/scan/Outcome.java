// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import org.digitrecognizer.digit.Rejection;

/**
 * What became of something: the thing itself, or the reason why there is none.
 *
 * @param <T> what it is when all goes well
 */
public sealed interface Outcome<T> {

  /**
   * All went well.
   *
   * @param value what came of it
   */
  record Ok<T>(T value) implements Outcome<T> {}

  /**
   * It could not be.
   *
   * @param rejection why not
   */
  record Rejected<T>(Rejection rejection) implements Outcome<T> {}

  /** Returns the outcome that all went well. */
  static <T> Outcome<T> ok(T value) {
    return new Ok<>(value);
  }

  /** Returns the outcome that it could not be, and why. */
  static <T> Outcome<T> rejected(Rejection.Reason reason, String detail) {
    return new Rejected<>(new Rejection(reason, detail));
  }
}
