// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.jobs.score.output.ChunkFiles;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.standing.FinalState.Chunk;
import org.digitrecognizer.storage.StoredFile;

/**
 * What stands of each image, or of each number of a form: a file a chunk, made by executors, and
 * made anew only where its rows, its threshold or what people said of them has changed. All of it
 * follows from the rest of the output: what is lost is made again.
 */
public final class FinalRows {

  /** The columns; {@code value} is null where nothing stands. */
  private static final MessageType ROWS =
      MessageTypeParser.parseMessageType(
          """
          message spark_schema {
            optional binary source (STRING);
            optional binary archive (STRING);
            optional binary form (STRING);
            optional binary sheet (STRING);
            optional binary field (STRING);
            optional binary value (STRING);
            optional binary by (STRING);
            optional double confidence;
            optional binary person (STRING);
          }
          """);

  /**
   * Those of a form with rules that couple numbers; {@code conflict} is null where none is broken.
   */
  static final MessageType COUPLED_ROWS =
      ROWS.union(
          MessageTypeParser.parseMessageType(
              """
              message spark_schema {
                optional binary conflict (STRING);
                optional boolean withdrawn;
              }
              """));

  private static final String[] KEY = {"source", "batch", "chunk"};

  private final SparkSession spark;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final StandingRows rows;
  private final Contradictions contradictions;

  public FinalRows(
      SparkSession spark, FileSystem fs, OutputLayout layout, Contradictions contradictions) {
    this.spark = spark;
    this.fs = fs;
    this.layout = layout;
    this.rows = new StandingRows(spark, layout);
    this.contradictions = contradictions;
  }

  /** Returns the files that must lie there, with what they were when they were written. */
  public static Map<Path, StoredFile> files(FileSystem fs, OutputLayout layout) throws IOException {
    Map<Path, StoredFile> files = new HashMap<>();
    for (Chunk chunk : FinalState.read(fs, layout).map(FinalState::chunks).orElse(List.of())) {
      if (chunk.file() != null) {
        files.put(chunk.path(layout), chunk.file());
      }
    }
    return files;
  }

  /**
   * Forgets the files of some batches, before they are deleted. That others were contradicted there
   * is remembered until these are looked at.
   */
  public static void forget(FileSystem fs, OutputLayout layout, List<Long> batches)
      throws IOException {
    Optional<FinalState> state = FinalState.read(fs, layout);
    if (state.isPresent()) {
      List<Chunk> left =
          state.get().chunks().stream()
              .filter(chunk -> !batches.contains(chunk.batch()) || chunk.contradicted() != 0)
              .map(chunk -> batches.contains(chunk.batch()) ? chunk.withFile(null) : chunk)
              .toList();
      new FinalState(state.get().answers(), state.get().doubleKey(), left).write(fs, layout);
    }
  }

  /** Whether all files are there, with their lengths, and were made from these answers. */
  public boolean areOf(AnswersKnown desk) throws IOException {
    Optional<FinalState> state = FinalState.read(fs, layout);
    if (state.isEmpty()
        || !state.get().answers().equals(desk.answers())
        || state.get().doubleKey() != desk.doubleKey()) {
      return false;
    }
    for (Chunk chunk : state.get().chunks()) {
      if (!isWhole(chunk)) {
        return false;
      }
    }
    return true;
  }

  /** One without rows has no file; of one that was contradicted it was forgotten. */
  private boolean isWhole(Chunk chunk) throws IOException {
    return chunk.file() == null
        ? chunk.contradicted() == 0
        : chunk.file().hasLength(fs, chunk.path(layout));
  }

  /**
   * Brings the files up to date.
   *
   * @param records of all chunks
   * @param verdicts as {@link Verdicts#of} returns them
   * @param desk the answers that these were made from
   */
  public void update(
      List<CommitRecord> records, Thresholds thresholds, Dataset<Row> verdicts, AnswersKnown desk)
      throws IOException {
    Map<String, Chunk> before = new HashMap<>();
    FinalState.read(fs, layout)
        .ifPresent(old -> old.chunks().forEach(one -> before.put(one.folder(), one)));
    Map<String, Long> answers = desk.answers().isEmpty() ? Map.of() : rows.answersByChunk(verdicts);
    List<Chunk> all = records.stream().map(one -> chunk(one, thresholds, answers)).toList();
    Set<Long> looked = contradictions.sharingArchives(changedBatches(all, before));
    Dataset<Row> conflicts =
        looked.isEmpty() ? null : contradictions.find(looked, thresholds, verdicts).cache();
    List<Chunk> chunks = new ArrayList<>();
    List<Chunk> changed = new ArrayList<>();
    for (Chunk chunk : withConflicts(all, before, looked, conflicts)) {
      Chunk old = before.get(chunk.folder());
      if (old != null && old.withFile(null).equals(chunk) && isWhole(old)) {
        chunks.add(old);
      } else {
        changed.add(chunk);
      }
    }
    new ChunkFiles(fs, spark.sessionState().newHadoopConf())
        .writeSchema(layout.standing(), contradictions.areSought() ? COUPLED_ROWS : ROWS);
    chunks.addAll(write(changed, thresholds, verdicts, conflicts));
    new FinalState(desk.answers(), desk.doubleKey(), chunks).write(fs, layout);
    if (conflicts != null) {
      conflicts.unpersist();
    }
  }

  /**
   * Returns the batches of which something has changed since their files were made. Where that is a
   * conflict's number, it may be gone, so that all are among them that have such numbers.
   */
  private Set<Long> changedBatches(List<Chunk> all, Map<String, Chunk> before) throws IOException {
    Set<Long> batches = new TreeSet<>();
    Set<Long> contradicted = new TreeSet<>();
    Map<String, Chunk> changed = new HashMap<>(before);
    for (Chunk chunk : all) {
      Chunk old = before.get(chunk.folder());
      if (old == null || !old.hasSourcesOf(chunk) || !isWhole(old)) {
        batches.add(chunk.batch());
      } else {
        changed.remove(chunk.folder());
      }
      if (old != null && old.contradicted() != 0) {
        contradicted.add(chunk.batch());
      }
    }
    if (changed.values().stream().anyMatch(old -> old.contradicted() != 0)) {
      batches.addAll(contradicted);
    }
    return batches;
  }

  /**
   * Adds what is known of conflicts: for batches that were looked at, what was found; for others
   * what was known before.
   */
  private static List<Chunk> withConflicts(
      List<Chunk> all, Map<String, Chunk> before, Set<Long> looked, Dataset<Row> conflicts) {
    Map<String, Row> found = new HashMap<>();
    if (conflicts != null) {
      conflicts
          .groupBy("batch", "chunk")
          .agg(functions.expr("bit_xor(xxhash64(source, conflict))"), functions.expr("sum(first)"))
          .collectAsList()
          .forEach(row -> found.put(OutputLayout.chunk(row.getInt(0), row.getInt(1)), row));
    }
    List<Chunk> chunks = new ArrayList<>();
    for (Chunk chunk : all) {
      Chunk old = before.get(chunk.folder());
      Row row = found.get(chunk.folder());
      if (looked.contains(chunk.batch())) {
        chunks.add(row == null ? chunk : chunk.withConflicts(row.getLong(2), row.getLong(3)));
      } else {
        chunks.add(old == null ? chunk : chunk.withConflicts(old.contradicted(), old.conflicts()));
      }
    }
    return chunks;
  }

  private static Chunk chunk(
      CommitRecord record, Thresholds thresholds, Map<String, Long> answers) {
    String folder = OutputLayout.chunk(record.batch(), record.chunk());
    return new Chunk(
        record.batch(),
        record.chunk(),
        thresholds.of(record.batch()),
        record.numbers() == null ? record.predictions() : record.numbers(),
        record.rejected(),
        answers.getOrDefault(folder, 0L),
        0,
        0,
        null);
  }

  private List<Chunk> write(
      List<Chunk> changed, Thresholds thresholds, Dataset<Row> verdicts, Dataset<Row> conflicts)
      throws IOException {
    if (changed.isEmpty()) {
      return changed;
    }
    Path staged = new Path(layout.staging(), OutputLayout.FINAL);
    fs.delete(staged, true);
    List<String> folders = changed.stream().map(Chunk::folder).toList();
    decided(rows.of(folders, thresholds, verdicts), conflicts, changed)
        .repartition(functions.col("batch"), functions.col("chunk"))
        .sortWithinPartitions("batch", "chunk", "archive", "source")
        .write()
        .partitionBy("batch", "chunk")
        .parquet(staged.toString());
    for (Chunk chunk : changed) {
      publish(new Path(staged, chunk.folder()), chunk.path(layout));
    }
    fs.delete(staged, true);
    return described(changed);
  }

  /** What other numbers contradict does not stand, unless a person said so. */
  private Dataset<Row> decided(Dataset<Row> all, Dataset<Row> conflicts, List<Chunk> changed)
      throws IOException {
    if (conflicts == null) {
      return all;
    }
    Dataset<Row> stood =
        contradictions.stoodBefore(changed).withColumn("stood", functions.lit(true));
    return all.join(conflicts.drop("by", "first"), KEY, "left_outer")
        .join(stood, new String[] {"source"}, "left_outer")
        .withColumn("open", functions.expr("by = 'machine' and conflict is not null"))
        .withColumn("withdrawn", functions.expr("open and stood is not null"))
        .withColumn("by", functions.expr("if(open, 'open', by)"))
        .withColumn("value", functions.expr("if(open, null, value)"))
        .drop("open", "stood");
  }

  /** Puts the one file of a folder in the place of another; none, where there are no rows. */
  private void publish(Path staged, Path target) throws IOException {
    fs.mkdirs(target.getParent());
    if (!fs.exists(staged)) {
      fs.delete(target, false);
      return;
    }
    for (FileStatus part : fs.listStatus(staged)) {
      fs.delete(target, false);
      if (!fs.rename(part.getPath(), target)) {
        throw new IOException(part.getPath() + " cannot be renamed to " + target);
      }
    }
  }

  /** Adds the checksums of their files, which executors read. */
  private List<Chunk> described(List<Chunk> written) {
    List<String> files = written.stream().map(chunk -> chunk.path(layout).toString()).toList();
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Object[]> described =
        context
            .parallelize(files, Math.min(files.size(), context.defaultParallelism()))
            .map(file -> described(new Path(file), hadoop.value()))
            .collect();
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      Object[] file = described.get(i);
      chunks.add(
          file.length == 0
              ? written.get(i)
              : written
                  .get(i)
                  .withFile(new StoredFile(FinalState.PART, (Long) file[0], (Long) file[1])));
    }
    return chunks;
  }

  /** No record: Spark may be set to Kryo, which cannot do records. */
  private static Object[] described(Path file, Configuration configuration) throws IOException {
    FileSystem fs = file.getFileSystem(configuration);
    if (!fs.exists(file)) {
      return new Object[0];
    }
    StoredFile stored = StoredFile.of(fs, file);
    return new Object[] {stored.length(), stored.crc32c()};
  }
}
