package org.digitrecognizer.jobs.score.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.spark.SparkPaths;

/**
 * The files that are to be scored: all below a directory or a glob whose names, and whose folders'
 * names, begin with neither {@code .} nor {@code _}. Their content is never read here.
 */
public final class SourceFiles implements AutoCloseable {

  public static final String PATH = "path";
  public static final String MODIFIED = "modified";
  public static final String LENGTH = "length";
  public static final String REASON = "reason";
  public static final String DETAIL = "detail";

  private static final StructType COLUMNS =
      new StructType()
          .add(PATH, DataTypes.StringType)
          .add(MODIFIED, DataTypes.LongType)
          .add(LENGTH, DataTypes.LongType);

  private static final String FORMAT = "binaryFile";

  /** What Spark takes for hidden: of a file, or of a folder that it is in. */
  private static final Pattern HIDDEN = Pattern.compile("/(\\.|_(?![^/]*=))|\\._COPYING_$");

  /** What makes a glob of a path, after which no part of it is a plain name. */
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{\\\\]");

  /** Spark would else drop files with old times that arrive late, after seven days by default. */
  private static final String NEVER = "36500d";

  private final SparkSession spark;
  private final FileSystem fs;
  private final List<FileStatus> roots;
  private final List<String> hiddenRoots;
  private final String pattern;

  private SourceFiles(
      SparkSession spark,
      FileSystem fs,
      List<FileStatus> roots,
      List<String> hiddenRoots,
      String pattern) {
    this.spark = spark;
    this.fs = fs;
    this.roots = roots;
    this.hiddenRoots = hiddenRoots;
    this.pattern = pattern;
  }

  /**
   * Finds the place.
   *
   * @param archives a directory, a file, or a glob of either
   * @param output of the run, which must not lie within
   * @throws UserException if there is nothing, or the output lies within
   */
  public static SourceFiles open(SparkSession spark, String archives, Path output)
      throws IOException {
    Configuration configuration = spark.sessionState().newHadoopConf();
    Path path = new Path(archives);
    FileSystem fs = path.getFileSystem(configuration);
    String pattern;
    List<FileStatus> roots;
    List<String> hidden = List.of();
    if (fs.exists(path)) {
      FileStatus status = fs.getFileStatus(path);
      roots = List.of(status);
      pattern = literal(path, status.isFile());
    } else {
      FileStatus[] matches = fs.globStatus(path);
      roots = matches == null ? List.of() : List.of(matches);
      hidden = hidden(fs, archives, roots);
      pattern = archives;
    }
    if (roots.isEmpty()) {
      throw new UserException(
          archives + " does not exist; --archives needs a directory, a file or a glob of either");
    }
    Path qualified = output.getFileSystem(configuration).makeQualified(output);
    roots.forEach(root -> requireOutside(root, qualified));
    List<String> passedOver = hidden;
    List<FileStatus> visible =
        roots.stream().filter(root -> !passedOver.contains(root.getPath().toString())).toList();
    if (visible.isEmpty()) {
      throw new UserException(
          archives + " finds nothing but hidden names (.x, _x); name them or others");
    }
    return new SourceFiles(spark, fs, visible, hidden, pattern);
  }

  public Dataset<Row> files() throws IOException {
    return all()
        .withColumn(REASON, functions.lit(null).cast(DataTypes.StringType))
        .withColumn(DETAIL, functions.lit(null).cast(DataTypes.StringType));
  }

  @Override
  public void close() {}

  /** Returns all the files that are there now. */
  public Dataset<Row> all() throws IOException {
    Dataset<Row> files =
        columns(
            spark
                .read()
                .format(FORMAT)
                .option("recursiveFileLookup", true)
                .option("ignoreMissingFiles", true)
                .load(pattern));
    return files.unionByName(empty());
  }

  /** Returns the files without a byte, which Spark passes over in silence. */
  private Dataset<Row> empty() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (FileStatus root : roots) {
      int rootLength = root.getPath().toString().length();
      RemoteIterator<LocatedFileStatus> files = fs.listFiles(root.getPath(), true);
      while (files.hasNext()) {
        LocatedFileStatus file = files.next();
        String below = file.getPath().toString().substring(rootLength);
        if (file.getLen() == 0 && !HIDDEN.matcher(below).find()) {
          rows.add(RowFactory.create(file.getPath().toString(), file.getModificationTime(), 0L));
        }
      }
    }
    return spark.createDataFrame(rows, COLUMNS);
  }

  /** Chooses the files that have not changed since a time, in milliseconds since 1970. */
  public static Column settledBefore(long millis) {
    return functions.col(MODIFIED).leq(millis);
  }

  /**
   * Returns the matches of a glob that only its wildcards have found: Spark looks for hidden names
   * below a match alone. A glob that begins a name with a dot or an underscore itself means it.
   */
  private static List<String> hidden(FileSystem fs, String glob, List<FileStatus> matches) {
    if (matches.isEmpty()) {
      return List.of();
    }
    int wildcard = WILDCARD.matcher(glob).results().findFirst().orElseThrow().start();
    int slash = glob.lastIndexOf('/', wildcard);
    if (HIDDEN.matcher("/" + glob.substring(slash + 1)).find()) {
      return List.of();
    }
    Path parent = new Path(slash < 0 ? "." : glob.substring(0, slash + 1));
    int length = fs.makeQualified(parent).toString().length();
    return matches.stream()
        .map(match -> match.getPath().toString())
        .filter(match -> HIDDEN.matcher("/" + match.substring(length)).find())
        .toList();
  }

  private Dataset<Row> columns(Dataset<Row> files) {
    Column visible = functions.lit(true);
    for (String root : hiddenRoots) {
      Column path = functions.col("path");
      visible = visible.and(functions.not(path.equalTo(root).or(path.startsWith(root + "/"))));
    }
    return files
        .where(visible)
        .select(
            functions.col("path").as(PATH),
            functions.unix_millis(functions.col("modificationTime")).as(MODIFIED),
            functions.col("length").as(LENGTH));
  }

  /**
   * Spark takes every path for a glob, and its stream of files takes no single file but as the
   * match of one.
   */
  private static String literal(Path path, boolean file) {
    String escaped = SparkPaths.literal(path.toString());
    if (!file) {
      return escaped;
    }
    String name = path.getName();
    int first = name.offsetByCodePoints(0, 1);
    return escaped.substring(0, escaped.lastIndexOf('/') + 1)
        + ("[" + SparkPaths.literal(name.substring(0, first)) + "]")
        + SparkPaths.literal(name.substring(first));
  }

  private static void requireOutside(FileStatus root, Path output) {
    if (root.isDirectory() && (output + "/").startsWith(root.getPath() + "/")) {
      throw new UserException(
          String.format(
              "--output %s lies within --archives %s, where it would be scored itself; choose a"
                  + " place beside it",
              output, root.getPath()));
    }
  }
}
