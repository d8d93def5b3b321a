package org.digitrecognizer.jobs.score;

import java.io.Serializable;

/** What a task made of its ranges. No record: Spark may be set to Kryo, which cannot do records. */
final class TaskResult implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String predictions;
  private final String rejected;
  private final long found;
  private final long planned;
  private final Pictures pictures;

  /**
   * @param predictions file of staged predictions; null if there are none
   * @param rejected file of staged rejects; null if there are none
   * @param found how many images there were, counted while reading and not by the rows written
   * @param planned how many there were to be at the least in the ranges that were read
   * @param pictures worth showing
   */
  TaskResult(String predictions, String rejected, long found, long planned, Pictures pictures) {
    this.predictions = predictions;
    this.rejected = rejected;
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

  long found() {
    return found;
  }

  long planned() {
    return planned;
  }

  Pictures pictures() {
    return pictures;
  }
}
