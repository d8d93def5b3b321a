package org.digitrecognizer.jobs.score.plan;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.archive.ArchiveFormat;
import org.digitrecognizer.archive.ArchiveRange;
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

  /** Which chunk a range is read in, from 0. */
  public static final String CHUNK = "chunk";

  /** The chunk of a file that is left for later. */
  public static final long DEFERRED = -1;

  /** Which task of its chunk reads it; only the order means something. */
  public static final String TASK = "task";

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
          .add("error", DataTypes.StringType)
          .add(WEIGHT, DataTypes.LongType);

  /** Ranges that were dealt out, as they are saved. */
  public static final StructType DEALT_SCHEMA =
      SCHEMA.add(CHUNK, DataTypes.LongType).add(TASK, DataTypes.LongType);

  /** What Spark makes of the names of the folders: the batch of each range. */
  public static final String BATCH = "batch";

  private PlanRows() {}

  static Row of(PlannedRange planned) {
    ArchiveRange range = planned.range();
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
        planned.error(),
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
        row.getAs("error"));
  }
}
