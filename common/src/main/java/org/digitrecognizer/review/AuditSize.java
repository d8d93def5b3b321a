// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import java.io.Serializable;

/**
 * How many of the readings that stand without a person a run draws for the audit.
 *
 * @param most the most of them
 * @param share the largest share of them, above 0, at most 1
 */
public record AuditSize(int most, double share) implements Serializable {

  public static final AuditSize NONE = new AuditSize(0, 1);

  /** A night of few scans would else be keyed by people as if there were no machine. */
  private static final double DEFAULT_SHARE = 0.1;

  /** Returns the size that somebody asks for. */
  public static AuditSize of(int most) {
    return new AuditSize(most, 1);
  }

  /**
   * Returns the size unless somebody asks for another: so many that a few nights show the target,
   * or that it is missed, but no more than a tenth of what stands.
   *
   * @param targetError the error rate that what stands without a person may have, 0..1
   */
  public static AuditSize enoughFor(double targetError) {
    return new AuditSize(AuditLots.enoughFor(targetError), DEFAULT_SHARE);
  }

  /** Returns how many are drawn of what stands. */
  public int among(long accepted) {
    return (int) Math.min(most, Math.ceil(share * accepted));
  }
}
