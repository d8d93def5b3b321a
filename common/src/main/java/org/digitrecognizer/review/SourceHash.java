// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/** What stands for an image's source where its name would be too long, or would say too much. */
public final class SourceHash {

  private static final int ID_BYTES = 12;

  private SourceHash() {}

  /**
   * Returns a short name of an image: a letter and 24 hexadecimal digits, which no spreadsheet
   * takes for a number or a date. Two images of 10^9 share one with a chance of 10^-11.
   */
  public static String id(String source) {
    byte[] digest = DigestUtils.sha256(source);
    return "i" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
  }

  /**
   * Returns a number that is drawn once and for all: uniform over the sources.
   *
   * @return 0 to 1, without 1
   */
  public static double lot(String source) {
    return lot("lot", source);
  }

  /**
   * Returns a number that is drawn once and for all for a purpose: uniform over the sources.
   *
   * @param seed names the purpose
   * @return 0 to 1, without 1
   */
  public static double lot(String seed, String source) {
    long bits = ByteBuffer.wrap(DigestUtils.sha256(seed + " " + source)).getLong();
    return (bits >>> 11) * 0x1p-53;
  }
}
