// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.score.output.Inventory;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.standing.FinalRows;
import org.digitrecognizer.storage.StoredFile;

/** Compares every byte of an output's plans, records and rows with what was written. */
final class Verification {

  private static final String CHANGED = "is not what was written";
  private static final int FILES_A_TASK = 16;

  /** Where Spark reads files. */
  private static final String SPARK_FILES = "org.apache.spark.sql.execution.datasources.";

  private Verification() {}

  /**
   * Reads the files, on executors.
   *
   * @return how many there are
   * @throws UserException for the first that is missing or was changed
   */
  static long run(SparkSession spark, FileSystem fs, OutputLayout layout) throws IOException {
    OutputRecords records = OutputRecords.read(spark, fs, layout);
    records.check();
    records.checkSealed();
    Map<Path, StoredFile> files = new HashMap<>(records.inventory().files());
    files.putAll(FinalRows.files(fs, layout));
    List<String> changed = changed(spark, files);
    if (!changed.isEmpty()) {
      throw damage(new Path(changed.get(0)), layout);
    }
    return (long) files.size() + records.plans().all().size() + records.commits().all().size();
  }

  private static UserException damage(Path file, OutputLayout layout) {
    boolean madeAgain = file.toString().startsWith(layout.standing() + Path.SEPARATOR);
    return madeAgain
        ? new UserException(file + " " + CHANGED + "; delete it, and the next run makes it again")
        : Inventory.damage(file, CHANGED);
  }

  /**
   * Returns the error that names the damaged file, if reading failed because of one.
   *
   * @param failure of a run
   */
  static Optional<UserException> explains(
      Throwable failure, SparkSession spark, FileSystem fs, OutputLayout layout) {
    boolean ofAFile = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      ofAFile |= isOfAFile(cause);
    }
    if (!ofAFile || spark.sparkContext().isStopped()) {
      return Optional.empty();
    }
    try {
      run(spark, fs, layout);
      return Optional.empty();
    } catch (UserException e) {
      return Optional.of(e);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
      return Optional.empty();
    }
  }

  /** Decoders throw whatever the bytes lead them to, and name no file. */
  private static boolean isOfAFile(Throwable cause) {
    return cause.getClass().getName().endsWith("ChecksumException")
        || Arrays.stream(cause.getStackTrace())
            .map(StackTraceElement::getClassName)
            .anyMatch(
                name -> name.startsWith("org.apache.parquet") || name.startsWith(SPARK_FILES));
  }

  private static List<String> changed(SparkSession spark, Map<Path, StoredFile> files) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    List<Object[]> expected = new ArrayList<>();
    files.forEach(
        (path, file) -> expected.add(new Object[] {path.toString(), file.length(), file.crc32c()}));
    expected.sort((a, b) -> ((String) a[0]).compareTo((String) b[0]));
    if (expected.isEmpty()) {
      return List.of();
    }
    context.setJobDescription("Verifying files");
    try {
      return context
          .parallelize(expected, 1 + expected.size() / FILES_A_TASK)
          .filter(file -> !isWhole(file, hadoop.value()))
          .map(file -> (String) file[0])
          .collect();
    } finally {
      context.setJobDescription(null);
    }
  }

  private static boolean isWhole(Object[] file, Configuration configuration) throws IOException {
    Path path = new Path((String) file[0]);
    return new StoredFile(path.getName(), (Long) file[1], (Long) file[2])
        .hasBytes(path.getFileSystem(configuration), path);
  }
}
