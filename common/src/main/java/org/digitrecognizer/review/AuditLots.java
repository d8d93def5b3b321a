// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import java.io.Serializable;

/**
 * Which of the readings that the machine is sure of may be drawn for the audit: those with the
 * lowest lots. Each reading has the same chance, so that an archive has its share, and it does not
 * depend on who reads it, when, or how often.
 *
 * @param most how many are drawn in a run
 * @param seed of the lots
 * @param below lots that may be among them, 0 to 1
 */
public record AuditLots(int most, String seed, double below) implements Serializable {

  /** The most that are drawn: a task has as many pictures in memory. */
  public static final int LIMIT = 10_000;

  /** How many are drawn in a run, unless somebody says otherwise: an hour's work is too much. */
  private static final int DEFAULT_LIMIT = 1000;

  /** Half as many again as there is one error among, where the error is as it may be. */
  private static final double DEFAULT_PART = 1.5;

  /** So many pictures more than are drawn are kept, since not all readings will stand. */
  private static final double SPARE = 3;

  /**
   * Returns the lots of a run.
   *
   * @param seed such as the model's checksum: what a model has learnt from in an audit before is no
   *     likelier to be drawn for another model
   */
  public static AuditLots of(int most, String seed) {
    return new AuditLots(most, seed, 1);
  }

  /**
   * Returns how many to draw in a run, so that a few nights show the target, or that it is missed.
   *
   * @param targetError the error rate that what stands without a person may have, 0..1
   */
  static int enoughFor(double targetError) {
    return targetError == 0
        ? 0
        : (int) Math.min(DEFAULT_LIMIT, Math.ceil(DEFAULT_PART / targetError));
  }

  /**
   * Returns the lots where it is known how many images there are.
   *
   * @param images at the least
   */
  public AuditLots among(long images) {
    return new AuditLots(most, seed, SPARE * most / Math.max(images, 1));
  }

  /** Returns the lot of an image, 0 to 1. */
  public double lot(String source) {
    return SourceHash.lot("audit " + seed, source);
  }

  /** Whether the picture of an image is kept, as long as there are not enough with lower lots. */
  public boolean mayDraw(String source) {
    return most > 0 && lot(source) < below;
  }
}
