// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.apache.spark.sql.functions.col;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.archive.ArchiveFormat;
import org.digitrecognizer.archive.io.SourceFileSystem;
import org.digitrecognizer.jobs.launch.console.Printable;
import org.digitrecognizer.jobs.launch.spark.ExecutorCores;
import org.digitrecognizer.jobs.score.output.CommitLog;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.jobs.score.plan.PlanRows;
import org.digitrecognizer.jobs.score.plan.Planner;
import org.digitrecognizer.jobs.score.plan.Plans;
import org.digitrecognizer.jobs.score.source.Due;
import org.digitrecognizer.jobs.score.source.DueFiles;
import org.digitrecognizer.jobs.score.source.SourceFiles;
import org.digitrecognizer.jobs.score.tally.OutputFigures;
import org.digitrecognizer.report.Numbers;
import org.digitrecognizer.scan.ScanFormat;

/**
 * Lists what a run would read: each archive, and the other files by folder and format; of a run
 * that was cut short, what it has left. Writes nothing.
 */
public final class DryRun {

  private static final StructType LINE =
      new StructType()
          .add("place", DataTypes.StringType)
          .add("format", DataTypes.StringType)
          .add("readable", DataTypes.BooleanType)
          .add("archive", DataTypes.BooleanType)
          .add("entries", DataTypes.LongType)
          .add("bytes", DataTypes.LongType);

  private final SparkSession spark;
  private final ScoreOptions options;
  private final PrintWriter out;
  private final Numbers numbers = new Numbers();
  private long archives;
  private long files;
  private long entries;
  private long bytes;
  private long unreadable;
  private boolean atLeast;
  private long unfinished;

  private DryRun(SparkSession spark, ScoreOptions options, PrintWriter out) {
    this.spark = spark;
    this.options = options;
    this.out = out;
  }

  /**
   * Lists what is new.
   *
   * @param out a line an archive, a line for the other files of a folder and format, and the sums
   * @throws org.digitrecognizer.failure.UserException if there are no archives
   */
  public static void run(SparkSession spark, ScoreOptions options, PrintWriter out)
      throws IOException {
    new DryRun(spark, options, out).run();
  }

  private void run() throws IOException {
    FileSystem fs = options.output().getFileSystem(spark.sessionState().newHadoopConf());
    OutputLayout layout = new OutputLayout(fs.makeQualified(options.output()));
    Planner planner =
        new Planner(spark, options.chunkImages(), ExecutorCores.count(spark.sparkContext()));
    try (SourceFiles files = SourceFiles.open(spark, options.archives(), layout.root())) {
      if (options.overwrite()) {
        Dataset<Row> settled =
            files.files().where(SourceFiles.settledBefore(options.settledBefore()));
        list(planner.rangesOf(settled.withColumn(DueFiles.DUE, functions.lit(Due.NEW.name()))));
      } else {
        listDue(planner, OutputRecords.read(spark, fs, layout), files, layout);
      }
    }
    out.printf(
        Locale.US,
        "%s and %s: %s%s, %s. %s.%n",
        numbers.count(archives, "archive"),
        numbers.count(files, "other file"),
        atLeast ? "at least " : "",
        numbers.count(entries, "image"),
        numbers.bytes(bytes),
        unreadable == 0 ? "All can be opened" : numbers.count(unreadable) + " cannot be read");
    if (unfinished > 0) {
      out.printf(
          "%s of these %s left of a run that was cut short.%n",
          numbers.count(unfinished), unfinished == 1 ? "is" : "are");
    }
  }

  private void listDue(
      Planner planner, OutputRecords records, SourceFiles files, OutputLayout layout)
      throws IOException {
    Plans plans = records.plans();
    Dataset<Row> unread = OutputFigures.unread(spark, layout, records.old());
    try (DueFiles due =
        DueFiles.find(
            files.files(), plans.known(), unread, options.settledBefore(), options.reread())) {
      Dataset<Row> ranges = planner.rangesOf(due.files());
      for (Plan plan : records.unfinished(false)) {
        Dataset<Row> rest = plans.rows(plan).where(uncommitted(plan, records.commits()));
        unfinished += images(rest);
        ranges = ranges.unionByName(rest.drop(PlanRows.BATCH, PlanRows.CHUNK));
      }
      list(ranges);
    }
  }

  /** Chooses the ranges of chunks that were planned and not read. */
  private static Column uncommitted(Plan plan, CommitLog commits) {
    List<Long> chunks =
        LongStream.range(0, plan.chunks())
            .filter(chunk -> commits.find(plan.batch(), chunk).isEmpty())
            .boxed()
            .toList();
    return col(PlanRows.CHUNK).isInCollection(chunks);
  }

  private static long images(Dataset<Row> ranges) {
    Row sum =
        ranges
            .agg(functions.sum(functions.greatest(col(PlanRows.FILES), functions.lit(0))))
            .first();
    return sum.isNullAt(0) ? 0 : sum.getLong(0);
  }

  private void list(Dataset<Row> ranges) {
    Iterator<Row> lines = lines(ranges).toLocalIterator();
    while (lines.hasNext()) {
      print(lines.next());
    }
  }

  private Dataset<Row> lines(Dataset<Row> ranges) {
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    Dataset<Row> byFile =
        ranges
            .groupBy(PlanRows.PATH)
            .agg(
                functions.max_by(col(PlanRows.FORMAT), col(PlanRows.ORDINAL)).as(PlanRows.FORMAT),
                functions.first(PlanRows.LENGTH).as(PlanRows.LENGTH),
                functions.sum(functions.greatest(col(PlanRows.FILES), functions.lit(0))).as("sum"),
                functions.min(PlanRows.FILES).as("least"),
                functions.max(PlanRows.PLACES).as(PlanRows.PLACES),
                functions.max(PlanRows.REASON).as(PlanRows.REASON));
    JavaRDD<Row> lines = byFile.toJavaRDD().map(file -> line(file, configuration));
    return spark
        .createDataFrame(lines, LINE)
        .groupBy("archive", "place", "format", "readable")
        .agg(
            functions.sum("entries").as("entries"),
            functions.sum("bytes").as("bytes"),
            functions.count("*").as("files"))
        .orderBy(col("archive").desc(), col("place"), col("format"));
  }

  private static Row line(Row file, SerializableConfiguration configuration) {
    Path path = new Path(file.<String>getAs(PlanRows.PATH));
    ArchiveFormat format = ArchiveFormat.valueOf(file.getAs(PlanRows.FORMAT));
    long length = file.<Long>getAs(PlanRows.LENGTH);
    if (file.getAs(PlanRows.REASON) != null) {
      return RowFactory.create(path.toString(), "unreadable", false, true, null, length);
    }
    if (format == ArchiveFormat.PLAIN) {
      return plainLine(path, length, configuration);
    }
    if (file.<Long>getAs(PlanRows.PLACES) == 0) {
      return RowFactory.create(path.toString(), "empty " + format.label(), false, true, 0L, length);
    }
    Long counted = file.<Long>getAs("least") < 0 ? null : file.<Long>getAs("sum");
    // Of a tar that is not packed all entries can be counted, if it is whole.
    boolean readable =
        format != ArchiveFormat.GONE
            && format != ArchiveFormat.ZIP_WITHOUT_DIRECTORY
            && !(format == ArchiveFormat.TAR && counted == null);
    return RowFactory.create(path.toString(), format.label(), readable, true, counted, length);
  }

  /** A file that vanishes while it is listed is one line of the list, not its end. */
  private static Row plainLine(Path path, long length, SerializableConfiguration configuration) {
    String description;
    boolean readable = false;
    try (InputStream in = SourceFileSystem.of(path, configuration.value()).open(path)) {
      ScanFormat scan = ScanFormat.of(in);
      description = scan.description();
      readable = scan.readable();
    } catch (FileNotFoundException e) {
      description = ArchiveFormat.GONE.label();
    } catch (IOException e) {
      description = "unreadable";
    }
    return RowFactory.create(path.getParent().toString(), description, readable, false, 1L, length);
  }

  private void print(Row line) {
    boolean archive = line.<Boolean>getAs("archive");
    boolean readable = line.<Boolean>getAs("readable");
    Long counted = line.getAs("entries");
    long lineFiles = line.<Long>getAs("files");
    archives += archive ? 1 : 0;
    files += archive ? 0 : lineFiles;
    entries += counted == null ? 0 : counted;
    atLeast |= counted == null;
    bytes += line.<Long>getAs("bytes");
    unreadable += readable ? 0 : lineFiles;
    String count = counted == null ? "?" : numbers.count(counted);
    out.printf(
        Locale.US,
        "%-20s %12s %-7s %10s  %s%s%n",
        line.getAs("format"),
        count,
        archive ? "entries" : "files",
        numbers.bytes(line.<Long>getAs("bytes")),
        Printable.of(line.getAs("place")),
        readable
            ? ""
            : counted == null ? "  (damaged: read as far as it goes)" : "  (will be rejected)");
  }
}
