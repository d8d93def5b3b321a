// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/** Deals the ranges of a chunk out to tasks, when it is read: by the cores that are there then. */
final class Tasks {

  /** So many tasks a core, so that none waits long for the last of another. */
  static final int A_CORE = 4;

  private static final long LEAST_IMAGES = 64;
  private static final long MOST_IMAGES = 2048;

  private Tasks() {}

  /**
   * Returns how many images a task reads at most, if they can be split so.
   *
   * @param images of all tasks
   * @param cores how many tasks run at the same time
   */
  static long images(long images, int cores) {
    long even = images / ((long) A_CORE * cores);
    return Math.max(LEAST_IMAGES, Math.min(MOST_IMAGES, even));
  }

  /**
   * Returns the ranges of each task, in their order.
   *
   * @param ranges of a chunk, rows of {@link PlanRows}
   */
  static List<List<Row>> of(List<Row> ranges, int cores) {
    long most = images(ranges.stream().mapToLong(Tasks::weight).sum(), cores);
    List<List<Row>> tasks = new ArrayList<>();
    long images = 0;
    for (Row range : ranges) {
      if (tasks.isEmpty() || images + weight(range) > most) {
        tasks.add(new ArrayList<>());
        images = 0;
      }
      tasks.get(tasks.size() - 1).add(range);
      images += weight(range);
    }
    return tasks;
  }

  private static long weight(Row range) {
    return range.<Long>getAs(PlanRows.WEIGHT);
  }
}
