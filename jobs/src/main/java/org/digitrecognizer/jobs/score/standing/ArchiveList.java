// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
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
    String[] folders =
        plans.stream().map(plan -> layout.plan(plan.batch()).toString()).toArray(String[]::new);
    if (folders.length == 0) {
      return of(digested(Collections.emptyIterator()));
    }
    return of(
        spark
            .read()
            .schema(PlanRows.DEALT_SCHEMA)
            .parquet(folders)
            .select(PlanRows.PATH, PlanRows.LENGTH, PlanRows.MODIFIED)
            .coalesce(1)
            .sortWithinPartitions(PlanRows.PATH, PlanRows.LENGTH, PlanRows.MODIFIED)
            .toJavaRDD()
            .mapPartitions(rows -> Collections.singleton(digested(rows)).iterator())
            .first());
  }

  private static ArchiveList of(Object[] digested) {
    return new ArchiveList((Long) digested[0], (String) digested[1]);
  }

  /**
   * Adds up sorted rows, of which an archive has one for each of its ranges: count and checksum. No
   * record: Spark may be set to Kryo, which cannot do records.
   */
  private static Object[] digested(Iterator<Row> sorted) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    long count = 0;
    String last = null;
    while (sorted.hasNext()) {
      String line = sorted.next().mkString("", "\t", "\n");
      if (!line.equals(last)) {
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        count++;
        last = line;
      }
    }
    return new Object[] {count, HexFormat.of().formatHex(digest.digest())};
  }
}
