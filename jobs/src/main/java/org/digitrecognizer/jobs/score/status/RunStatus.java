// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.status;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What status.json says while a run goes on and when it has ended.
 *
 * @param state what the run is doing
 * @param run its number, from 1
 * @param startedAt ISO 8601, UTC
 * @param updatedAt ISO 8601, UTC
 * @param done images that were read or rejected so far
 * @param rejected of them
 * @param total images that are to be read; null while some can only be counted by reading them
 * @param imagesPerSecond since scoring began
 * @param secondsLeft null if that is not known
 * @param message what went wrong; null unless the run failed
 */
@JsonPropertyOrder({
  "state",
  "run",
  "startedAt",
  "updatedAt",
  "done",
  "rejected",
  "total",
  "imagesPerSecond",
  "secondsLeft",
  "message"
})
record RunStatus(
    State state,
    long run,
    String startedAt,
    String updatedAt,
    long done,
    long rejected,
    Long total,
    double imagesPerSecond,
    Long secondsLeft,
    String message) {

  /** What a run is doing. */
  enum State {
    PLANNING,
    SCORING,
    REPORTING,
    DONE,
    FAILED
  }
}
