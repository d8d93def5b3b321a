// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.run;

import java.io.Serializable;

/**
 * What a task made of its ranges. All tasks' results come home to the driver, so that they hold
 * names of files rather than what is in these. No record: Spark may be set to Kryo, which cannot do
 * records.
 */
final class TaskResult implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String predictions;
  private final String rejected;
  private final String numbers;
  private final long found;
  private final long planned;
  private final String pictures;

  /**
   * @param predictions file of staged predictions; null if there are none
   * @param rejected file of staged rejects; null if there are none
   * @param numbers file of staged numbers; null if there are none
   * @param found how many images there were, counted while reading and not by the rows written
   * @param planned how many there were to be at the least in the ranges that were read
   * @param pictures file of staged pictures; null if there are none worth showing
   */
  TaskResult(
      String predictions,
      String rejected,
      String numbers,
      long found,
      long planned,
      String pictures) {
    this.predictions = predictions;
    this.rejected = rejected;
    this.numbers = numbers;
    this.found = found;
    this.planned = planned;
    this.pictures = pictures;
  }

  String predictions() {
    return predictions;
  }

  String rejected() {
    return rejected;
  }

  String numbers() {
    return numbers;
  }

  long found() {
    return found;
  }

  long planned() {
    return planned;
  }

  String pictures() {
    return pictures;
  }
}
