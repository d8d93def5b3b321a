// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;

/**
 * How often Spark tries a task, so that a task does not miss its last chance to write down what it
 * could not read.
 *
 * <p>Spark does not tell a task which of the attempts before it counted. Those whose executor died,
 * and speculative copies, have numbers, too, but are no failures. So a task may take an attempt for
 * its last that is not, and give a file up early; what it says of it, {@code READ_ERROR}, is read
 * again with {@code --reread}. It never takes its last attempt for another: then the whole job
 * would fail for one file.
 *
 * @param most how many failures of a task end its job, at least 1
 */
public record Attempts(int most) implements Serializable {

  private static final Pattern LOCAL = Pattern.compile("local(\\[[^,\\]]*(,\\s*(\\d+)\\s*)?])?");

  /** Asks the settings: a local Spark has its own, and tries once unless the master says more. */
  public static Attempts of(SparkContext context) {
    Matcher local = LOCAL.matcher(context.master());
    if (local.matches()) {
      return new Attempts(local.group(3) == null ? 1 : Integer.parseInt(local.group(3)));
    }
    return new Attempts(context.conf().getInt("spark.task.maxFailures", 4));
  }

  /**
   * Whether the task that calls this may not be tried again: true at the last attempt, and before
   * it where some attempts did not count.
   */
  public boolean mayBeLast() {
    return TaskContext.get().attemptNumber() + 1 >= most;
  }
}
