// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.digitrecognizer.storage.JsonFile;
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

  private static final String PART = "part-0.parquet";
  private static final String RECORD = "final.json";

  private final SparkSession spark;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final StandingRows rows;

  /**
   * What all files were made from.
   *
   * @param answers names of the files of answers that were known
   */
  private record State(List<String> answers, boolean doubleKey, List<Chunk> chunks) {}

  /**
   * A file, and what it was made from.
   *
   * @param read predictions or, with a form, numbers of the chunk; null if there are none
   * @param answers a checksum of what people decided of it
   * @param file null until it is written
   */
  private record Chunk(
      long batch,
      long chunk,
      double threshold,
      CommitRecord.Part read,
      CommitRecord.Part rejected,
      long answers,
      StoredFile file) {

    private String folder() {
      return OutputLayout.chunk(batch, chunk);
    }

    private Chunk with(StoredFile other) {
      return new Chunk(batch, chunk, threshold, read, rejected, answers, other);
    }
  }

  public FinalRows(SparkSession spark, FileSystem fs, OutputLayout layout) {
    this.spark = spark;
    this.fs = fs;
    this.layout = layout;
    this.rows = new StandingRows(spark, layout);
  }

  /** Returns the files that must lie there, with what they were when they were written. */
  public static Map<Path, StoredFile> files(FileSystem fs, OutputLayout layout) throws IOException {
    Map<Path, StoredFile> files = new HashMap<>();
    for (Chunk chunk : state(fs, layout).map(State::chunks).orElse(List.of())) {
      if (chunk.file != null) {
        files.put(file(layout, chunk), chunk.file);
      }
    }
    return files;
  }

  private static Path file(OutputLayout layout, Chunk chunk) {
    return new Path(new Path(layout.standing(), chunk.folder()), PART);
  }

  private static Optional<State> state(FileSystem fs, OutputLayout layout) throws IOException {
    return JsonFile.readIfWhole(fs, new Path(layout.runs(), RECORD), State.class);
  }

  /** Forgets the files of some batches, before they are deleted. */
  public static void forget(FileSystem fs, OutputLayout layout, List<Long> batches)
      throws IOException {
    Optional<State> state = state(fs, layout);
    if (state.isPresent()) {
      List<Chunk> left =
          state.get().chunks.stream().filter(chunk -> !batches.contains(chunk.batch)).toList();
      State rest = new State(state.get().answers, state.get().doubleKey, left);
      JsonFile.seal(fs, new Path(layout.runs(), RECORD), rest);
    }
  }

  /** Whether all files are there, with their lengths, and were made from these answers. */
  public boolean areOf(AnswersKnown desk) throws IOException {
    Optional<State> state = state(fs, layout);
    if (state.isEmpty()
        || !state.get().answers.equals(desk.answers())
        || state.get().doubleKey != desk.doubleKey()) {
      return false;
    }
    for (Chunk chunk : state.get().chunks) {
      if (!isWhole(chunk)) {
        return false;
      }
    }
    return true;
  }

  private boolean isWhole(Chunk chunk) throws IOException {
    return chunk.file == null || chunk.file.hasLength(fs, file(layout, chunk));
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
    state(fs, layout).ifPresent(old -> old.chunks.forEach(one -> before.put(one.folder(), one)));
    Map<String, Long> answers = desk.answers().isEmpty() ? Map.of() : rows.answersByChunk(verdicts);
    List<Chunk> chunks = new ArrayList<>();
    List<Chunk> changed = new ArrayList<>();
    for (CommitRecord record : records) {
      Chunk chunk = chunk(record, thresholds, answers);
      Chunk old = before.get(chunk.folder());
      if (old != null && old.with(null).equals(chunk) && isWhole(old)) {
        chunks.add(old);
      } else {
        changed.add(chunk);
      }
    }
    new ChunkFiles(fs, spark.sessionState().newHadoopConf()).writeSchema(layout.standing(), ROWS);
    chunks.addAll(write(changed, thresholds, verdicts));
    JsonFile.seal(
        fs, new Path(layout.runs(), RECORD), new State(desk.answers(), desk.doubleKey(), chunks));
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
        null);
  }

  private List<Chunk> write(List<Chunk> changed, Thresholds thresholds, Dataset<Row> verdicts)
      throws IOException {
    if (changed.isEmpty()) {
      return changed;
    }
    Path staged = new Path(layout.staging(), OutputLayout.FINAL);
    fs.delete(staged, true);
    List<String> folders = changed.stream().map(Chunk::folder).toList();
    rows.of(folders, thresholds, verdicts)
        .repartition(functions.col("batch"), functions.col("chunk"))
        .sortWithinPartitions("batch", "chunk", "archive", "source")
        .write()
        .partitionBy("batch", "chunk")
        .parquet(staged.toString());
    for (Chunk chunk : changed) {
      publish(new Path(staged, chunk.folder()), file(layout, chunk));
    }
    fs.delete(staged, true);
    return described(changed);
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
    List<String> files = written.stream().map(chunk -> file(layout, chunk).toString()).toList();
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
              : written.get(i).with(new StoredFile(PART, (Long) file[0], (Long) file[1])));
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
