// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.archive.io.StorageCalls;
import org.digitrecognizer.failure.UserException;

/**
 * The files that are to be scored: all below a directory or a glob whose names, and whose folders'
 * names, begin with neither {@code .} nor {@code _}. Their content is never read here. Links are
 * followed; each file is found once, however many links lead to it.
 */
public final class SourceFiles implements AutoCloseable {

  /** Where a file lies, as it stands in all rows: {@code file:/folder/name}; each is found once. */
  public static final String PATH = "path";

  /** When its content changed, in milliseconds since 1970; 0 of what is no regular file. */
  public static final String MODIFIED = "modified";

  /** In bytes. */
  public static final String LENGTH = "length";

  /** Why a file cannot be opened: the name of a {@code Rejection.Reason}; null where it can. */
  public static final String REASON = "reason";

  /** One line that says more, null where there is no reason. */
  public static final String DETAIL = "detail";

  static final StructType COLUMNS =
      new StructType()
          .add(PATH, DataTypes.StringType)
          .add(MODIFIED, DataTypes.LongType)
          .add(LENGTH, DataTypes.LongType)
          .add(REASON, DataTypes.StringType)
          .add(DETAIL, DataTypes.StringType);

  /** What makes a glob of a path, after which no part of it is a plain name. */
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{\\\\]");

  /** A relative path with a colon in its first name, which Hadoop takes for a scheme. */
  private static final Pattern COLON = Pattern.compile("[^/]*:(?!/).*", Pattern.DOTALL);

  private final SparkSession spark;
  private final String archives;
  private final Folders folders;
  private final List<Entry> roots;
  private final Optional<String> output;
  private Dataset<Row> files;

  private SourceFiles(
      SparkSession spark,
      String archives,
      Folders folders,
      List<Entry> roots,
      Optional<String> output) {
    this.spark = spark;
    this.archives = archives;
    this.folders = folders;
    this.roots = roots;
    this.output = output;
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
    String place = place(archives, configuration);
    Path path = new Path(place);
    FileSystem fs = StorageCalls.watched(place, () -> path.getFileSystem(configuration));
    Folders folders = Folders.of(fs, new SerializableConfiguration(configuration));
    Path qualified = fs.makeQualified(path);
    Optional<Entry> named = StorageCalls.watched(place, () -> folders.find(qualified.toString()));
    List<Entry> matches =
        named.isPresent()
            ? List.of(named.get())
            : StorageCalls.watched(place, () -> new Glob(folders).matches(qualified));
    if (matches.isEmpty()) {
      throw new UserException(
          archives + " does not exist; --archives needs a directory, a file or a glob of either");
    }
    FileSystem outputs = output.getFileSystem(configuration);
    Path outside = outputs.makeQualified(output);
    matches.forEach(root -> requireOutside(root, outside));
    List<Entry> visible = named.isPresent() ? matches : visible(fs, place, matches);
    if (visible.isEmpty()) {
      throw new UserException(
          archives + " finds nothing but hidden names (.x, _x); name them or others");
    }
    boolean together = outputs.getUri().equals(fs.getUri());
    return new SourceFiles(
        spark,
        archives,
        folders,
        visible,
        together ? Optional.of(outside.toString()) : Optional.empty());
  }

  private static String place(String archives, Configuration configuration) throws IOException {
    return COLON.matcher(archives).matches()
        ? FileSystem.get(configuration).getWorkingDirectory() + "/" + archives
        : archives;
  }

  /**
   * Returns the files, each once, among them what cannot be opened. The first call lists them; they
   * stay as they were found then until this is closed.
   *
   * @return columns {@link #PATH}, {@link #MODIFIED}, {@link #LENGTH}, {@link #REASON} and {@link
   *     #DETAIL}
   * @throws UserException if a directory that the user named cannot be listed
   */
  public Dataset<Row> files() throws IOException {
    if (files == null) {
      Optional<Entry> excluded = output.isPresent() ? folders.find(output.get()) : Optional.empty();
      files = new Listing(spark, folders).run(archives, roots, excluded);
    }
    return files;
  }

  @Override
  public void close() {
    if (files != null) {
      files.unpersist();
      files = null;
    }
  }

  /** Chooses the files that have not changed since a time, in milliseconds since 1970. */
  public static Column settledBefore(long millis) {
    return functions.col(MODIFIED).leq(millis);
  }

  /**
   * Returns the matches of a glob but for hidden ones that only its wildcards have found. A glob
   * that begins a name with a dot or an underscore itself means it.
   */
  private static List<Entry> visible(FileSystem fs, String glob, List<Entry> matches) {
    int wildcard = WILDCARD.matcher(glob).results().findFirst().orElseThrow().start();
    int slash = glob.lastIndexOf('/', wildcard);
    if (Entry.isHidden("/" + glob.substring(slash + 1))) {
      return matches;
    }
    Path parent = new Path(slash < 0 ? "." : glob.substring(0, slash + 1));
    int length = fs.makeQualified(parent).toString().length();
    return matches.stream()
        .filter(match -> !Entry.isHidden("/" + match.path().substring(length)))
        .toList();
  }

  private static void requireOutside(Entry root, Path output) {
    if (root.kind().isFolder() && (output + "/").startsWith(root.path() + "/")) {
      throw new UserException(
          String.format(
              "--output %s lies within --archives %s, where it would be scored itself; choose a"
                  + " place beside it",
              output, root.path()));
    }
  }
}
