// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.archive.ArchiveFormat;
import org.digitrecognizer.archive.ArchiveRange;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.jobs.score.source.Due;
import org.digitrecognizer.jobs.score.source.DueFiles;
import org.digitrecognizer.jobs.score.source.SourceFiles;
import org.digitrecognizer.reading.PlannedRange;

/** A plan's ranges as rows of Parquet. */
public final class PlanRows {

  public static final String PATH = "path";
  public static final String MODIFIED = "modified";
  public static final String LENGTH = "fileLength";
  public static final String ORDINAL = "firstOrdinal";
  public static final String WEIGHT = "weight";
  public static final String FORMAT = "format";
  public static final String PLACES = "places";
  public static final String FILES = "files";

  /** Why a file cannot be read at all, as a Rejection has it; null if it can. */
  public static final String REASON = SourceFiles.REASON;

  static final String DETAIL = SourceFiles.DETAIL;

  /** Why a file is read in this batch: a name of {@link Due}. */
  static final String DUE = DueFiles.DUE;

  /** Of {@link #DUE}: the files that an earlier batch had, too. */
  static final String[] AGAIN = {Due.REWRITTEN.name(), Due.UNREAD.name()};

  /** Which chunk a range is read in, from 0. */
  public static final String CHUNK = "chunk";

  public static final StructType SCHEMA =
      new StructType()
          .add(PATH, DataTypes.StringType)
          .add(MODIFIED, DataTypes.LongType)
          .add(FORMAT, DataTypes.StringType)
          .add(LENGTH, DataTypes.LongType)
          .add("offset", DataTypes.LongType)
          .add(ORDINAL, DataTypes.LongType)
          .add(PLACES, DataTypes.LongType)
          .add(FILES, DataTypes.LongType)
          .add("bytes", DataTypes.LongType)
          .add("zipStart", DataTypes.LongType)
          .add("previousHeader", DataTypes.LongType)
          .add(REASON, DataTypes.StringType)
          .add(DETAIL, DataTypes.StringType)
          .add(DUE, DataTypes.StringType)
          .add(WEIGHT, DataTypes.LongType);

  /** Ranges that were dealt out, as they are saved. */
  public static final StructType DEALT_SCHEMA = SCHEMA.add(CHUNK, DataTypes.LongType);

  /** What Spark makes of the names of the folders: the batch of each range. */
  public static final String BATCH = "batch";

  private PlanRows() {}

  /**
   * @param due why the file is read in this batch
   */
  static Row of(PlannedRange planned, String due) {
    ArchiveRange range = planned.range();
    Rejection rejection = planned.rejection();
    return RowFactory.create(
        planned.path(),
        planned.modified(),
        range.format().name(),
        range.fileLength(),
        range.offset(),
        range.firstOrdinal(),
        range.places(),
        range.files(),
        range.bytes(),
        range.zipStart(),
        range.previousHeader(),
        rejection == null ? null : rejection.reason().name(),
        rejection == null ? null : rejection.detail(),
        due,
        planned.weight());
  }

  public static PlannedRange range(Row row) {
    return new PlannedRange(
        row.getAs(PATH),
        row.<Long>getAs(MODIFIED),
        new ArchiveRange(
            ArchiveFormat.valueOf(row.getAs(FORMAT)),
            row.<Long>getAs(LENGTH),
            row.<Long>getAs("offset"),
            row.<Long>getAs(ORDINAL),
            row.<Long>getAs(PLACES),
            row.<Long>getAs(FILES),
            row.<Long>getAs("bytes"),
            row.<Long>getAs("zipStart"),
            row.<Long>getAs("previousHeader")),
        rejection(row));
  }

  /** Returns why the file of a row cannot be read at all; null if it can. */
  static Rejection rejection(Row row) {
    String reason = row.getAs(REASON);
    return reason == null ? null : new Rejection(Reason.valueOf(reason), row.getAs(DETAIL));
  }
}
