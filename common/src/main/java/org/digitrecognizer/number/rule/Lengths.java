// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.rule;

/** Numbers of certain lengths. */
public final class Lengths {

  private Lengths() {}

  /**
   * Allows numbers by how many digits they have.
   *
   * @param least at least 1
   * @param most at most {@link Automaton#MOST_DIGITS}
   */
  public static StateTable of(int least, int most) {
    return StateTable.of(
        new StateTable.Machine() {
          @Override
          public long start() {
            return 0;
          }

          @Override
          public long next(long state, int digit) {
            return state == most ? Automaton.DEAD : state + 1;
          }

          @Override
          public boolean accepts(long state) {
            return state >= least;
          }
        });
  }
}
