package org.digitrecognizer.jobs.score.output;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * Where things are in the output of scoring. What begins with {@code _} is no business of readers,
 * and Spark passes over it.
 *
 * @param root the output directory
 */
public record OutputLayout(Path root) {

  public static final String PREDICTIONS = "predictions";
  public static final String REJECTED = "rejected";

  private static final String IDENTITY = "_score.json";
  private static final String LOCK = "_lock.json";
  private static final String HEARTBEAT = "_lock.heartbeat";
  private static final String CHECKPOINT = "_checkpoint";
  private static final String PLAN = "_plan";
  private static final String COMMITS = "_commits";
  private static final String STAGING = "_staging";
  private static final String PICTURES = "_pictures";
  private static final String RUNS = "_runs";
  private static final String REPORT = "report";
  private static final String STATUS = "status.json";

  /** All that may be in an output. */
  public static final Set<String> NAMES =
      Set.of(
          IDENTITY,
          LOCK,
          HEARTBEAT,
          CHECKPOINT,
          PLAN,
          COMMITS,
          STAGING,
          PICTURES,
          RUNS,
          REPORT,
          STATUS,
          PREDICTIONS,
          REJECTED);

  /**
   * What nothing else has; deleted last, so that half an output is still known. Messages name the
   * first that is there.
   */
  public static final List<String> MARKS =
      List.of(IDENTITY, COMMITS, CHECKPOINT, PLAN, RUNS, LOCK, HEARTBEAT, STAGING, PICTURES);

  public Path predictions() {
    return new Path(root, PREDICTIONS);
  }

  public Path rejected() {
    return new Path(root, REJECTED);
  }

  /** Which model and normalisation the output is of. */
  Path identity() {
    return new Path(root, IDENTITY);
  }

  Path lock() {
    return new Path(root, LOCK);
  }

  Path heartbeat() {
    return new Path(root, HEARTBEAT);
  }

  /** Spark's own record of which files are done. */
  public Path checkpoint() {
    return new Path(root, CHECKPOINT);
  }

  /** The ranges of each batch, in Parquet, and beside them a file that says they are whole. */
  public Path plans() {
    return new Path(root, PLAN);
  }

  /** A record of each chunk that is done. */
  Path commits() {
    return new Path(root, COMMITS);
  }

  /** What tasks write before their chunk is committed. */
  public Path staging() {
    return new Path(root, STAGING);
  }

  /** The scans that a report may show, a file a chunk. */
  public Path pictures() {
    return new Path(root, PICTURES);
  }

  /** A record of each run that came to its end. */
  public Path runs() {
    return new Path(root, RUNS);
  }

  public Path report() {
    return new Path(root, REPORT);
  }

  public Path status() {
    return new Path(root, STATUS);
  }
}
