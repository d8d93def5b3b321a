package org.digitrecognizer.jobs.score;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.archive.ArchiveFormat;
import org.digitrecognizer.jobs.score.LateFiles.Kind;
import org.digitrecognizer.report.Numbers;
import org.digitrecognizer.scan.ScanFormat;

/**
 * Lists what a run would read: each archive, and the other files by folder and format. Writes
 * nothing.
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
    Planner planner = new Planner(spark, fs, layout, options.chunkImages());
    SourceFiles source = SourceFiles.open(spark, options.archives(), layout.root());
    Optional<Dataset<Row>> plans = options.overwrite() ? Optional.empty() : planner.allRows();
    if (plans.isEmpty()) {
      list(planner, source.all());
    } else {
      try (LateFiles late = LateFiles.find(plans.get(), source.all(), options.settledBefore())) {
        list(planner, late.files(Kind.due(options.reread())));
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
  }

  private void list(Planner planner, Dataset<Row> files) {
    Dataset<Row> settled = files.where(SourceFiles.settledBefore(options.settledBefore()));
    Iterator<Row> lines = lines(planner.rangesOf(settled)).toLocalIterator();
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
                functions.max("error").as("error"));
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

  private static Row line(Row file, SerializableConfiguration configuration) throws IOException {
    Path path = new Path(file.<String>getAs(PlanRows.PATH));
    ArchiveFormat format = ArchiveFormat.valueOf(file.getAs(PlanRows.FORMAT));
    long length = file.<Long>getAs(PlanRows.LENGTH);
    if (file.getAs("error") != null) {
      return RowFactory.create(path.toString(), "unreadable", false, true, null, length);
    }
    if (format == ArchiveFormat.PLAIN) {
      ScanFormat scan;
      try (InputStream in = path.getFileSystem(configuration.value()).open(path)) {
        scan = ScanFormat.of(in);
      }
      return RowFactory.create(
          path.getParent().toString(), scan.description(), scan.readable(), false, 1L, length);
    }
    Long counted = file.<Long>getAs("least") < 0 ? null : file.<Long>getAs("sum");
    // Of a tar that is not packed all entries can be counted, if it is whole.
    boolean readable =
        format != ArchiveFormat.GONE
            && format != ArchiveFormat.ZIP_WITHOUT_DIRECTORY
            && !(format == ArchiveFormat.TAR && counted == null);
    return RowFactory.create(path.toString(), format.label(), readable, true, counted, length);
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
        line.getAs("place"),
        readable ? "" : archive ? "  (damaged: read as far as it goes)" : "  (will be rejected)");
  }
}
