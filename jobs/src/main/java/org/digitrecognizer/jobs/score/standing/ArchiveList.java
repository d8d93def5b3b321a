package org.digitrecognizer.jobs.score.standing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.jobs.score.plan.PlanRows;

/**
 * Which archives some plans are of, as a checksum.
 *
 * @param count how many
 * @param sha256 of their list, in hexadecimal, as {@link
 *     org.digitrecognizer.jobs.score.output.Audit} says
 */
record ArchiveList(long count, String sha256) {

  static ArchiveList of(SparkSession spark, OutputLayout layout, List<Plan> plans) {
    MessageDigest digest = digest();
    String[] folders =
        plans.stream().map(plan -> layout.plan(plan.batch()).toString()).toArray(String[]::new);
    long count = 0;
    if (folders.length > 0) {
      Dataset<Row> files =
          spark
              .read()
              .schema(PlanRows.DEALT_SCHEMA)
              .parquet(folders)
              .select(PlanRows.PATH, PlanRows.LENGTH, PlanRows.MODIFIED)
              .distinct()
              .orderBy(PlanRows.PATH, PlanRows.LENGTH, PlanRows.MODIFIED);
      // The driver holds a partition of the sorted list at a time.
      Iterator<Row> rows = files.toLocalIterator();
      while (rows.hasNext()) {
        digest.update(rows.next().mkString("", "\t", "\n").getBytes(StandardCharsets.UTF_8));
        count++;
      }
    }
    return new ArchiveList(count, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
