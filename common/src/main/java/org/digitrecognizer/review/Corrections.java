// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

/** Where an output keeps what people said: a folder of Parquet files to which is only added. */
public final class Corrections {

  /** The folder in the output. */
  public static final String FOLDER = "corrections";

  /**
   * The columns. The first five are the key: an image's source, or what names a number. Of digits
   * only {@code source} and {@code archive} are not null.
   */
  public static final String COLUMNS =
      "source string, archive string, form string, sheet string, field string, value string,"
          + " who string, `when` string, seconds double, blind boolean";

  private Corrections() {}
}
