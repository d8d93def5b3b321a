// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.dataset;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of a digits dataset. */
public final class DigitsSchema {

  /** Place in the source file, from 0: long. */
  public static final String ID = "id";

  /** The true digit, 0 to 9, null where unknown: int. */
  public static final String LABEL = "label";

  /** 784 bytes, 28 rows of 28, row by row, 0 = paper and 255 = ink: binary. */
  public static final String PIXELS = "pixels";

  /** {@code train} or {@code test}, the partition column: string. */
  public static final String SPLIT = "split";

  /** All columns in the order in which Spark reads them. */
  public static final StructType SCHEMA =
      new StructType()
          .add(ID, DataTypes.LongType)
          .add(LABEL, DataTypes.IntegerType)
          .add(PIXELS, DataTypes.BinaryType)
          .add(SPLIT, DataTypes.StringType);

  private DigitsSchema() {}
}
