// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.recipe;

import java.io.Serializable;
import java.util.List;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.training.augment.Example;

/** Makes of digits what a network is trained on. The same digits and seed make the same. */
public interface ExampleMaker extends Serializable {

  /**
   * Returns how many outputs the network has: 10, or 11 with that for what is not one digit, or as
   * many as one that reads pairs.
   */
  int outputs();

  /** Returns how many examples are made of so many digits. */
  int count(int digits);

  /**
   * Makes what a minibatch is trained on.
   *
   * @param digits of the minibatch, at least one
   * @param seed of this minibatch in this epoch
   */
  List<Example> examples(List<LabelledDigit> digits, long seed);

  /**
   * Makes held-out digits as hard as those that the network is to read, to fit its confidence on.
   *
   * @return one a digit, in their order
   */
  List<LabelledDigit> hardened(List<LabelledDigit> digits, long seed);

  /**
   * Returns the one that leaves digits as they are.
   *
   * @param outputs of the network
   */
  static ExampleMaker plain(int outputs) {
    return new PlainExamples(outputs);
  }

  /**
   * Returns the one that any network trains on with which is to read real scans.
   *
   * @param outputs of the network
   */
  static ExampleMaker scans(int outputs) {
    return new ScanExamples(outputs, 0);
  }

  /**
   * Returns the one that a network trains on that has learnt by {@link #scans} and is to learn on:
   * half of the digits stay as they are, so that it forgets least of how digits look.
   *
   * @param outputs of the network
   */
  static ExampleMaker adapting(int outputs) {
    return new ScanExamples(outputs, 0.5);
  }
}
