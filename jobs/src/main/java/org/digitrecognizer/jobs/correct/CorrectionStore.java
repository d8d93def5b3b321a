// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.correct;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.review.Corrections;

/**
 * The answers that an output has. Only added to, a file at a time, which gets its name when it is
 * whole and never changes. Its name follows from its content: what is added twice, as after a
 * death, is there once.
 */
final class CorrectionStore {

  private static final StructType SCHEMA = StructType.fromDDL(Corrections.COLUMNS);

  private final SparkSession spark;
  private final FileSystem fs;
  private final Path folder;

  CorrectionStore(SparkSession spark, FileSystem fs, Path output) {
    this.spark = spark;
    this.fs = fs;
    this.folder = new Path(output, Corrections.FOLDER);
  }

  /**
   * Adds answers.
   *
   * @param answers rows of {@link Corrections#COLUMNS}
   * @return how many of them were not there
   */
  long add(List<Row> answers) throws IOException {
    Set<String> known = known(answers);
    List<Row> fresh = answers.stream().filter(row -> known.add(key(row))).toList();
    if (fresh.isEmpty()) {
      return 0;
    }
    String name = name(fresh);
    Path staged = new Path(folder, "_" + name);
    spark
        .createDataFrame(fresh, SCHEMA)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(staged.toString());
    Path target = new Path(folder, name + ".parquet");
    if (!fs.rename(part(staged), target) && !fs.exists(target)) {
      throw new IOException(staged + " cannot be renamed to " + target);
    }
    fs.delete(staged, true);
    return fresh.size();
  }

  /** Returns what is there already of the images that the answers are about. */
  private Set<String> known(List<Row> answers) throws IOException {
    Set<String> known = new HashSet<>();
    if (!fs.exists(folder) || fs.globStatus(new Path(folder, "*.parquet")).length == 0) {
      return known;
    }
    Dataset<Row> sources =
        spark
            .createDataset(
                answers.stream().map(row -> row.getString(0)).distinct().toList(),
                Encoders.STRING())
            .toDF("source");
    spark
        .read()
        .schema(SCHEMA)
        .parquet(folder.toString())
        .join(sources, "source")
        .collectAsList()
        .forEach(row -> known.add(key(row)));
    return known;
  }

  /** What makes two answers the same one. */
  private static String key(Row row) {
    return row.get(0) + "\n" + row.get(5) + "\n" + row.get(6) + "\n" + row.get(7);
  }

  private static String name(List<Row> answers) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    answers.stream()
        .map(CorrectionStore::key)
        .sorted()
        .forEach(key -> digest.update((key + "\n").getBytes(StandardCharsets.UTF_8)));
    return "part-" + HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private Path part(Path staged) throws IOException {
    for (FileStatus file : fs.listStatus(staged)) {
      if (file.getPath().getName().startsWith("part-")) {
        return file.getPath();
      }
    }
    throw new IOException("Spark has written nothing to " + staged);
  }
}
