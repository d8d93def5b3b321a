// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.run;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.jobs.launch.spark.Attempts;
import org.digitrecognizer.jobs.score.output.ChunkFiles;
import org.digitrecognizer.jobs.score.output.CommitLog;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.SumCheck;
import org.digitrecognizer.jobs.score.output.Written;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.jobs.score.plan.PlanRows;
import org.digitrecognizer.jobs.score.plan.Plans;
import org.digitrecognizer.storage.OutputLock;

/** Works chunks off and commits them; several threads may, each a chunk of its own. */
public final class ChunkRunner {

  private static final double NANOS = 1e9;

  /**
   * Spark's pools of jobs. What plans or joins a chunk gets the next core that is free, not the
   * first after all tasks of the chunk before; chunks among themselves get cores in their order.
   */
  private static final String POOL = "spark.scheduler.pool";

  private static final String PLANNING = "planning";
  private static final String SCORING = "scoring";

  private final JavaSparkContext context;
  private final FileSystem fs;
  private final SerializableConfiguration configuration;
  private final OutputLayout layout;
  private final OutputLock lock;
  private final long run;
  private final Plans plans;
  private final CommitLog commits;
  private final ChunkSettings settings;

  /** Up to when time has been counted as some chunk's, in nanoseconds. */
  private long counted = System.nanoTime();

  /**
   * @param run number of the run
   */
  public ChunkRunner(
      JavaSparkContext context,
      Configuration configuration,
      OutputLayout layout,
      OutputLock lock,
      long run,
      Plans plans,
      CommitLog commits,
      ChunkSettings settings)
      throws IOException {
    this.context = context;
    this.fs = layout.root().getFileSystem(configuration);
    this.configuration = new SerializableConfiguration(configuration);
    this.layout = layout;
    this.lock = lock;
    this.run = run;
    this.plans = plans;
    this.commits = commits;
    this.settings = settings;
  }

  /**
   * Makes sure that a chunk is committed and published; one that is committed already is not worked
   * off again.
   *
   * @param cores how many tasks run at the same time
   */
  public void run(Plan plan, long chunk, int cores) throws IOException {
    CommitRecord record = commits.find(plan.batch(), chunk).orElse(null);
    if (record == null) {
      // The staging folder may be that of a run that took over.
      lock.requireHeld();
      context.setLocalProperty(POOL, PLANNING);
      context.setJobDescription(named("Loading the plan of", plan.batch(), chunk));
      List<List<Row>> tasks = plans.tasks(plan, chunk, cores);
      record = score(tasks, plan, chunk);
      lock.requireHeld();
      commits.commit(record);
    }
    lock.requireHeld();
    commits.publish(record);
  }

  private CommitRecord score(List<List<Row>> tasks, Plan plan, long chunk) throws IOException {
    long batch = plan.batch();
    long start = System.nanoTime();
    Path staging = commits.staging(batch, chunk);
    fs.delete(staging, true);
    long planned =
        tasks.stream()
            .flatMap(List::stream)
            .mapToLong(range -> PlanRows.range(range).images())
            .sum();
    List<TaskResult> results = run(tasks, staging, plan, chunk);
    List<Written> written = join(results, staging, batch, chunk);
    CommitRecord record =
        new CommitRecord(
            batch,
            chunk,
            run,
            written.get(0).part(),
            written.get(1).part(),
            written.get(2).part(),
            written.get(3).part(),
            results.stream().mapToLong(TaskResult::found).sum(),
            results.stream().mapToLong(TaskResult::planned).sum(),
            written.get(1).unread(),
            countedSince(start) / NANOS,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    SumCheck.requireComplete(record, planned);
    return record;
  }

  /** Returns the nanoseconds since a time; those in which another chunk ended count as its own. */
  private synchronized long countedSince(long start) {
    long now = System.nanoTime();
    long nanos = Math.min(now - start, now - counted);
    counted = now;
    return nanos;
  }

  private List<TaskResult> run(List<List<Row>> tasks, Path staging, Plan plan, long chunk) {
    context.setLocalProperty(POOL, SCORING);
    context.setJobDescription(named("Scoring", plan.batch(), chunk));
    try {
      ChunkTask task =
          new ChunkTask(
              staging.toString(),
              lock.token(),
              settings,
              settings.audit().among(plan.leastImages()),
              Attempts.of(context.sc()),
              configuration);
      return context
          .parallelize(tasks, Math.max(1, tasks.size()))
          .mapPartitions(ranges -> List.of(task.run(ranges)).iterator())
          .collect();
    } finally {
      context.setJobDescription(null);
    }
  }

  /** Puts what tasks staged into one file a kind: predictions, rejects, numbers, pictures. */
  private List<Written> join(List<TaskResult> results, Path staging, long batch, long chunk) {
    context.setLocalProperty(POOL, PLANNING);
    context.setJobDescription(named("Joining the rows of", batch, chunk));
    try {
      SerializableConfiguration hadoop = configuration;
      return context
          .parallelize(
              List.of(
                  parts(results, TaskResult::predictions, staging, layout.predictions()),
                  parts(results, TaskResult::rejected, staging, layout.rejected()),
                  parts(results, TaskResult::numbers, staging, layout.numbers()),
                  parts(results, TaskResult::pictures, staging, layout.pictures())),
              4)
          .map(parts -> joined(parts, hadoop.value()))
          .collect();
    } finally {
      context.setJobDescription(null);
    }
  }

  /** The file to be written, and those that it is made of. */
  private String[] parts(
      List<TaskResult> results, Function<TaskResult, String> part, Path staging, Path kind) {
    Path target = new Path(new Path(staging, kind.getName()), "part-" + lock.token() + ".parquet");
    return Stream.concat(Stream.of(target.toString()), files(results, part).stream())
        .toArray(String[]::new);
  }

  private static Written joined(String[] parts, Configuration configuration) throws IOException {
    Path target = new Path(parts[0]);
    return new ChunkFiles(target.getFileSystem(configuration), configuration)
        .write(Arrays.stream(parts).skip(1).map(Path::new).toList(), target);
  }

  private static String named(String what, long batch, long chunk) {
    return what + " batch " + batch + ", chunk " + chunk;
  }

  private static List<String> files(List<TaskResult> results, Function<TaskResult, String> kind) {
    return results.stream().map(kind).filter(Objects::nonNull).toList();
  }
}
