// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;
import org.digitrecognizer.review.Corrections;
import org.digitrecognizer.storage.OutputLock;

/**
 * Where things are in the output of scoring. What begins with {@code _} is no business of readers,
 * and Spark passes over it.
 *
 * @param root the output directory
 */
public record OutputLayout(Path root) {

  public static final String PREDICTIONS = "predictions";
  public static final String REJECTED = "rejected";
  public static final String NUMBERS = "numbers";

  /** What stands of each image: the machine's reading, a person's word, or neither yet. */
  public static final String FINAL = "final";

  /** Private: the scans that people may have to look at. */
  public static final String PICTURES = "_pictures";

  private static final String IDENTITY = "_score.json";
  private static final String LOCK = OutputLock.FILE;
  private static final String HEARTBEAT = OutputLock.HEARTBEAT;
  private static final String PLAN = "_plan";
  private static final String COMMITS = "_commits";
  private static final String STAGING = "_staging";
  private static final String RUNS = "_runs";
  private static final String AUDIT = "_audit";
  private static final String FOLDED = "_folded";
  private static final String NEXT = "_next";

  /** Only outputs of an earlier version have it; {@code --overwrite} may delete it. */
  private static final String CHECKPOINT = "_checkpoint";

  private static final String REPORT = "report";
  private static final String STATUS = "status.json";

  /** What people said; no run writes it, and none takes it away. */
  private static final String CORRECTIONS = Corrections.FOLDER;

  /** Which threshold a fair sample of labels has shown to do; of the site, not of the rows. */
  private static final String CALIBRATION = SiteCalibration.FILE;

  /** It, as long as it is written. */
  private static final String STAGED_CALIBRATION = "_" + CALIBRATION;

  /** All that may be in an output. */
  public static final Set<String> NAMES =
      Set.of(
          IDENTITY,
          LOCK,
          HEARTBEAT,
          FOLDED,
          NEXT,
          CHECKPOINT,
          PLAN,
          COMMITS,
          STAGING,
          PICTURES,
          RUNS,
          AUDIT,
          FINAL,
          REPORT,
          STATUS,
          CORRECTIONS,
          CALIBRATION,
          STAGED_CALIBRATION,
          PREDICTIONS,
          NUMBERS,
          REJECTED);

  /**
   * What gives way where an output is made anew; the lock, what runs say of themselves, what people
   * said and what their labels have shown stay.
   */
  static final List<String> REPLACED =
      NAMES.stream()
          .filter(
              name ->
                  !Set.of(LOCK, HEARTBEAT, STATUS, NEXT, CORRECTIONS, CALIBRATION).contains(name))
          .sorted()
          .toList();

  /**
   * What nothing else has; deleted last, so that half an output is still known. Messages name the
   * first that is there.
   */
  public static final List<String> MARKS =
      List.of(IDENTITY, COMMITS, PLAN, RUNS, FOLDED, NEXT, LOCK, HEARTBEAT, STAGING, PICTURES);

  public Path predictions() {
    return new Path(root, PREDICTIONS);
  }

  public Path rejected() {
    return new Path(root, REJECTED);
  }

  /** The numbers that a form has fields for; not there without a form. */
  public Path numbers() {
    return new Path(root, NUMBERS);
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

  /** Of an output that is made anew: the new one, until it is whole. */
  public OutputLayout next() {
    return new OutputLayout(new Path(root, NEXT));
  }

  /** Where all of it will be once the run has ended: of {@link #next}, what that takes over. */
  public OutputLayout inPlace() {
    return root.getName().equals(NEXT) ? new OutputLayout(root.getParent()) : this;
  }

  /** What the records of plans and chunks come to, so that they need not be read one by one. */
  public Path folded() {
    return new Path(root, FOLDED);
  }

  /** The files of all plans up to a batch, in Parquet. */
  public Path foldedFiles(long batch) {
    return new Path(folded(), "files=" + batch);
  }

  /** The ranges of a batch, in Parquet. */
  public Path plan(long batch) {
    return new Path(plans(), "batch=" + batch);
  }

  /** What makes the ranges of a batch a plan. */
  public Path planMarker(long batch) {
    return new Path(plans(), "batch=" + batch + ".json");
  }

  /** Name of the folder of a chunk's files below that of their kind. */
  public static String chunk(long batch, long chunk) {
    return "batch=" + batch + "/chunk=" + chunk;
  }

  /** The plans of all batches. */
  public Path plans() {
    return new Path(root, PLAN);
  }

  /** A record of each chunk that is done. */
  Path commits() {
    return new Path(root, COMMITS);
  }

  /** The record of a chunk. */
  public Path commit(long batch, long chunk) {
    return new Path(commits(), chunk(batch, chunk) + ".json");
  }

  /** What tasks write before their chunk is committed. */
  public Path staging() {
    return new Path(root, STAGING);
  }

  /** The scans that a person may have to look at, in Parquet, a file a chunk. */
  public Path pictures() {
    return new Path(root, PICTURES);
  }

  /** A record of each run that came to its end. */
  public Path runs() {
    return new Path(root, RUNS);
  }

  /**
   * What a list for people was when runs wrote it.
   *
   * @param list its name, without .csv
   */
  public Path seal(String list) {
    return new Path(runs(), list + ".json");
  }

  /** What people said of images, also where the output is made anew. */
  public Path corrections() {
    return new Path(inPlace().root, CORRECTIONS);
  }

  /** What was drawn for the audit of each run, in Parquet, a file a run. */
  public Path audit() {
    return new Path(root, AUDIT);
  }

  /** What stands of each image, a file a chunk. */
  public Path standing() {
    return new Path(root, FINAL);
  }

  /** What a fair sample of labels has shown, also where the output is made anew. */
  public Path calibration() {
    return new Path(inPlace().root, CALIBRATION);
  }

  public Path report() {
    return new Path(root, REPORT);
  }

  public Path status() {
    return new Path(root, STATUS);
  }
}
