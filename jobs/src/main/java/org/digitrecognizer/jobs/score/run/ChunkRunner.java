package org.digitrecognizer.jobs.score.run;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.jobs.score.output.ChunkFiles;
import org.digitrecognizer.jobs.score.output.CommitLog;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.OutputLock;
import org.digitrecognizer.jobs.score.output.OutputRows;
import org.digitrecognizer.jobs.score.output.SumCheck;
import org.digitrecognizer.jobs.score.plan.BatchPlan;
import org.digitrecognizer.jobs.score.plan.PlanRows;
import org.digitrecognizer.jobs.score.report.RunPictures;

/** Works chunks off and commits them; several threads may, each a chunk of its own. */
public final class ChunkRunner {

  private static final double NANOS = 1e9;

  /**
   * Spark's pools of jobs. What plans a chunk gets the next core that is free, not the first after
   * all tasks of the chunk before; chunks among themselves get cores in their order.
   */
  private static final String POOL = "spark.scheduler.pool";

  private static final String PLANNING = "planning";
  private static final String SCORING = "scoring";

  private final JavaSparkContext context;
  private final FileSystem fs;
  private final Configuration configuration;
  private final OutputLayout layout;
  private final OutputLock lock;
  private final CommitLog commits;
  private final ChunkFiles files;
  private final ChunkSettings settings;
  private final RunPictures pictures;

  /** Up to when time has been counted as some chunk's, in nanoseconds. */
  private long counted = System.nanoTime();

  public ChunkRunner(
      JavaSparkContext context,
      Configuration configuration,
      OutputLayout layout,
      OutputLock lock,
      ChunkSettings settings,
      RunPictures pictures)
      throws IOException {
    this.context = context;
    this.fs = layout.root().getFileSystem(configuration);
    this.configuration = configuration;
    this.layout = layout;
    this.lock = lock;
    this.commits = new CommitLog(fs, layout);
    this.files = new ChunkFiles(fs, configuration);
    this.settings = settings;
    this.pictures = pictures;
  }

  /**
   * Makes sure that a chunk is committed and published; one that is committed already is not worked
   * off again.
   */
  public void run(BatchPlan plan, long chunk) throws IOException {
    long batch = plan.summary().batch();
    CommitRecord record = commits.find(batch, chunk).orElse(null);
    if (record == null) {
      // The staging folder may be that of a run that took over.
      lock.requireHeld();
      context.setLocalProperty(POOL, PLANNING);
      List<List<Row>> tasks = plan.tasks(chunk);
      context.setLocalProperty(POOL, SCORING);
      record = score(tasks, batch, chunk);
      lock.requireHeld();
      commits.commit(record);
    }
    lock.requireHeld();
    commits.publish(record);
  }

  private CommitRecord score(List<List<Row>> tasks, long batch, long chunk) throws IOException {
    long start = System.nanoTime();
    Path staging = commits.staging(batch, chunk);
    fs.delete(staging, true);
    long planned =
        tasks.stream()
            .flatMap(List::stream)
            .mapToLong(range -> PlanRows.range(range).images())
            .sum();
    List<TaskResult> results = run(tasks, staging, batch, chunk);
    CommitRecord.Part predictions =
        join(
            results,
            TaskResult::predictions,
            OutputRows.PREDICTIONS,
            staging,
            layout.predictions());
    CommitRecord.Part rejected =
        join(results, TaskResult::rejected, OutputRows.REJECTED, staging, layout.rejected());
    pictures.save(batch, chunk, files(results, TaskResult::pictures).map(Path::new).toList());
    CommitRecord record =
        new CommitRecord(
            batch,
            chunk,
            predictions,
            rejected,
            results.stream().mapToLong(TaskResult::found).sum(),
            results.stream().mapToLong(TaskResult::planned).sum(),
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

  private List<TaskResult> run(List<List<Row>> tasks, Path staging, long batch, long chunk) {
    context.setJobDescription("Scoring batch " + batch + ", chunk " + chunk);
    try {
      ChunkTask task =
          new ChunkTask(
              staging.toString(),
              lock.token(),
              settings.network(),
              settings.truths().truth(),
              settings.archiveLimits(),
              settings.scanLimits(),
              Attempts.of(context.sc()),
              pictures.bound(batch),
              settings.images(),
              new SerializableConfiguration(configuration));
      return context
          .parallelize(tasks, Math.max(1, tasks.size()))
          .mapPartitions(ranges -> List.of(task.run(ranges)).iterator())
          .collect();
    } finally {
      context.setJobDescription(null);
    }
  }

  private CommitRecord.Part join(
      List<TaskResult> results,
      Function<TaskResult, String> part,
      MessageType schema,
      Path staging,
      Path kind)
      throws IOException {
    List<String> parts = files(results, part).toList();
    Path target = new Path(new Path(staging, kind.getName()), "part-" + lock.token() + ".parquet");
    return files.join(parts, schema, target);
  }

  private static Stream<String> files(List<TaskResult> results, Function<TaskResult, String> kind) {
    return results.stream().map(kind).filter(Objects::nonNull);
  }
}
