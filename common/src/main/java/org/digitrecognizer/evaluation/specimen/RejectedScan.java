// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.specimen;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Optional;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;

/** Something that was found and could not be read: where it is, why, and its picture if any. */
public final class RejectedScan implements Serializable {

  private static final long serialVersionUID = 1L;

  /** By source, then by all the rest, so that only what looks the same is equal. */
  static final Comparator<RejectedScan> ORDER =
      Comparator.comparing(RejectedScan::source)
          .thenComparing(RejectedScan::reason)
          .thenComparing(RejectedScan::detail)
          .thenComparing(rejected -> rejected.scan, Thumbnail::compare);

  private final String source;
  private final Rejection.Reason reason;
  private final String detail;
  private final Thumbnail scan;

  /**
   * @param source where it is, as a person can find it again; also what orders rejects
   * @param reason why it could not be read
   * @param detail one line that a person understands
   * @param scan the image, if it could be decoded; kept at {@value Thumbnail#MOST} pixels at most
   *     to a side
   */
  public RejectedScan(
      String source, Rejection.Reason reason, String detail, Optional<GreyImage> scan) {
    this.source = source;
    this.reason = reason;
    this.detail = detail;
    this.scan = Thumbnail.orNull(scan);
  }

  /** Returns where it is. */
  public String source() {
    return source;
  }

  /** Returns why it could not be read. */
  public Rejection.Reason reason() {
    return reason;
  }

  /** Returns the same in a line that a person understands. */
  public String detail() {
    return detail;
  }

  /**
   * Returns the image, if it could be decoded, {@value Thumbnail#MOST} pixels at most to a side.
   */
  public Optional<GreyImage> scan() {
    return Thumbnail.image(scan);
  }
}
