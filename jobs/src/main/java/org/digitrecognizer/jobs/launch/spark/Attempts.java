package org.digitrecognizer.jobs.launch.spark;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;

/**
 * How often Spark tries a task, so that a task knows its last chance to write down what it could
 * not read.
 *
 * @param most at least 1
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

  /** Whether the task that calls this is not tried again. */
  public boolean isLast() {
    return TaskContext.get().attemptNumber() + 1 >= most;
  }
}
