package org.digitrecognizer.jobs.score.output;

/**
 * A run that came to its end.
 *
 * @param run its number, from 1
 * @param finishedAt ISO 8601, UTC
 */
public record RunRecord(long run, String finishedAt) {

  /** What there is before the first run. */
  public static final RunRecord NONE = new RunRecord(0, null);
}
