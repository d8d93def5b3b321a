// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.cli.OptionCheck;
import org.digitrecognizer.jobs.launch.spark.SparkSettings;
import org.digitrecognizer.jobs.reading.EarlyModel;
import org.digitrecognizer.jobs.reading.ModelOptions;
import org.digitrecognizer.reading.labels.LabelPattern;
import org.digitrecognizer.report.Numbers;
import org.digitrecognizer.review.AuditLots;
import org.digitrecognizer.review.AuditSize;
import org.digitrecognizer.review.Certificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Scores archives of scans.
 *
 * <p>Input: archives and a model directory. Output: predictions and rejects in Parquet, and a
 * report.
 *
 * <pre>submit/digits score --archives work/scans --model work/model --output work/scores</pre>
 */
@Command(
    name = "score",
    description =
        "Reads the scans in archives and folders, and reports which of them a person must look at."
            + " Run again, it reads what is new.")
public final class ScoreJob extends Job {

  @Option(
      names = "--archives",
      required = true,
      paramLabel = "DIR-or-GLOB",
      description =
          "Where the scans are: a directory with all below it, a file, or a glob of either; any"
              + " Hadoop URI. Images, PDF, zip and tar, known by their content.")
  private String archives;

  @Mixin private ModelOptions model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Where predictions, rejects and reports go, and stay; any Hadoop URI.")
  private Path output;

  @Option(
      names = "--labels",
      paramLabel = "CSV",
      description =
          "True digits where they are known: a CSV file with a column 'label' and a column"
              + " 'source' or 'entry'. With --form true numbers: a column 'number' and a column"
              + " 'source' or 'sheet', and 'field' where the form has several.")
  private Path labels;

  @Option(
      names = "--label-pattern",
      paramLabel = "REGEX",
      description =
          "True digits in names: a regular expression whose one group is the digit. It is looked"
              + " for in an entry's name in its archive; of a loose file in its path below"
              + " --archives.")
  private String labelPattern;

  @Option(
      names = "--form",
      paramLabel = "YAML",
      description =
          "What an image holds, if it is not one digit: a form with fields and the rules of their"
              + " numbers (docs/forms.md); any Hadoop URI.")
  private Path form;

  @Option(
      names = "--target-error",
      paramLabel = "SHARE",
      defaultValue = "0.001",
      description =
          "Error rate, 0 to 1, that what is read without a person may have; chooses the threshold.")
  private double targetError;

  @Option(
      names = "--fair-sample",
      fallbackValue = "true",
      description =
          "The labels are of scans that were drawn by lot: they choose the threshold, which is"
              + " written to calibration.json in the output.")
  private boolean fairSample;

  @Option(
      names = "--calibration",
      paramLabel = "JSON",
      description =
          "Take the threshold from a calibration.json that --fair-sample has made, for this model"
              + " and --target-error; any Hadoop URI.")
  private Path calibration;

  @Option(
      names = "--double-key",
      fallbackValue = "true",
      description =
          "Let two people key each digit that is left to a person, neither seeing what the machine"
              + " or the other read; where they differ a third decides.")
  private boolean doubleKey;

  @Option(
      names = "--audit",
      paramLabel = "N",
      description =
          "Draw N of the digits (with --form numbers) that a run lets stand, at random, for people"
              + " to key among the rest; certificate.json says what their answers show. Without"
              + " it: enough for the target in a few nights, at most 1000 and a tenth of what"
              + " stands; 0: none.")
  private Integer audit;

  @Option(
      names = "--max-audited-error",
      paramLabel = "SHARE",
      defaultValue = "1.0",
      description =
          "Exit status 3 if the audit of all nights shows (95 %%) that the error rate of what"
              + " stands without a person is above this, 0 to 1.")
  private double maxAuditedError;

  @Option(
      names = "--max-reject-fraction",
      paramLabel = "SHARE",
      defaultValue = "1.0",
      description =
          "Exit status 3 if more than this share, 0 to 1, of a run's images was rejected.")
  private double maxRejectFraction;

  @Option(
      names = {"--chunk-images", "--batch-images"},
      paramLabel = "N",
      defaultValue = "100000",
      description = "Images that a killed run has to read again at most.")
  private long chunkImages;

  @Option(
      names = "--settle-minutes",
      paramLabel = "N",
      defaultValue = "0",
      description = "Leave files that changed in the last N minutes for the next run.")
  private int settleMinutes;

  @Option(
      names = "--reread",
      fallbackValue = "true",
      description =
          "Read files again that were rewritten since they were read, or whose storage failed;"
              + " their old rows go.")
  private boolean reread;

  @Option(
      names = "--dry-run",
      fallbackValue = "true",
      description = "List what would be read, and read nothing.")
  private boolean dryRun;

  @Option(
      names = "--verify",
      fallbackValue = "true",
      description =
          "Compare every byte of what earlier runs have written with what they wrote, and read"
              + " nothing.")
  private boolean verify;

  @Option(
      names = "--overwrite",
      fallbackValue = "true",
      description =
          "Make the output anew: score all of the archives again; until that is done, the old one"
              + " stays. So does the same command when it was cut short; without this option it"
              + " goes on.")
  private boolean overwrite;

  @Mixin private LimitOptions limits;

  /** Null where no model is needed. */
  private EarlyModel early;

  @Override
  protected void check(OptionCheck check) {
    check.inRange("--target-error", targetError, 0.0, 1.0);
    check.inRange("--max-reject-fraction", maxRejectFraction, 0.0, 1.0);
    check.inRange("--max-audited-error", maxAuditedError, 0.0, 1.0);
    check.inRange("--audit", auditSize().most(), 0, AuditLots.LIMIT);
    check.inRange("--chunk-images", chunkImages, 1, Long.MAX_VALUE);
    check.inRange("--settle-minutes", settleMinutes, 0, Integer.MAX_VALUE);
    limits.check(check);
    check.require(
        labels == null || labelPattern == null,
        "--label-pattern",
        labelPattern,
        "left out where --labels is given");
    check.require(
        form == null || labelPattern == null,
        "--label-pattern",
        labelPattern,
        "left out where --form is given: true numbers stand in a file, --labels");
    Object known = labels == null ? labelPattern : labels;
    check.require(
        !fairSample || known != null,
        "--fair-sample",
        fairSample,
        "left out where there is no --labels or --label-pattern");
    check.require(
        !fairSample || calibration == null,
        "--calibration",
        calibration,
        "left out where --fair-sample makes one");
    check.require(
        form == null || (calibration == null && !fairSample),
        fairSample ? "--fair-sample" : "--calibration",
        fairSample ? fairSample : calibration,
        "left out where --form is given: it is of single digits");
    checkLabelPattern(check);
  }

  private void checkLabelPattern(OptionCheck check) {
    if (labelPattern == null) {
      return;
    }
    try {
      LabelPattern.check(labelPattern);
    } catch (IllegalArgumentException e) {
      check.require(
          false,
          "--label-pattern",
          labelPattern,
          "a regular expression with one group: " + e.getMessage());
    }
  }

  @Override
  protected SparkSettings settings() {
    return super.settings()
        // As often as on a cluster: storage that fails for a moment costs no row.
        .tryLocally(4)
        // So that the plan of the next chunk is read while this one is scored; see ChunkRunner.
        .advise("spark.scheduler.mode", "FAIR")
        // The plans of many nights are read by few tasks, not by one for every 32.
        .advise("spark.sql.files.openCostInBytes", "65536")
        .advise("spark.hadoop.parquet.page.verify-checksum.enabled", "true");
  }

  @Override
  protected void prepare() {
    if (!dryRun && !verify) {
      early = EarlyModel.open(model.directory(), model.sha256());
    }
  }

  @Override
  protected int run(SparkSession spark) throws IOException {
    if (dryRun) {
      DryRun.run(spark, options(), out());
      return DONE;
    }
    if (verify) {
      long files = Scorer.verify(spark, options());
      out()
          .printf(
              "%s of %s: all as they were written%n", new Numbers().count(files, "file"), output);
      return DONE;
    }
    ScoreResult result = Scorer.run(spark, options(), early, out());
    new ScoreSummary(options(), out()).print(result);
    boolean wrong = isAuditBroken(result.certificate());
    boolean rejected = isRejectionBroken(result);
    return wrong || rejected ? LIMIT_BROKEN : DONE;
  }

  private boolean isAuditBroken(Certificate certificate) {
    boolean broken = certificate.atLeast() > maxAuditedError;
    if (broken) {
      out()
          .printf(
              Locale.US,
              "The audit shows that at least %.3g in 1,000 of what stands without a person are"
                  + " wrong, more than --max-audited-error allows (%.3g)%n",
              1000 * certificate.atLeast(),
              1000 * maxAuditedError);
    }
    return broken;
  }

  private boolean isRejectionBroken(ScoreResult result) {
    if (result.rejectedShare() <= maxRejectFraction) {
      return false;
    }
    Numbers numbers = new Numbers();
    out()
        .printf(
            "%s of the new images were rejected, more than --max-reject-fraction allows (%s)%n",
            numbers.shortPercent(result.rejectedShare()), numbers.shortPercent(maxRejectFraction));
    return true;
  }

  @Override
  protected String whenStopped() {
    return "stopped before it was done; run the same command again"
        + (overwrite ? ", but without --overwrite," : "")
        + " to go on where it was";
  }

  private AuditSize auditSize() {
    return audit == null ? AuditSize.enoughFor(targetError) : AuditSize.of(audit);
  }

  private ScoreOptions options() {
    return new ScoreOptions(
        archives,
        model.directory(),
        model.sha256(),
        output,
        labels,
        labelPattern,
        form,
        chunkImages,
        limits.archives(),
        limits.scans(),
        limits.cuts(),
        targetError,
        new SiteOptions(fairSample, calibration),
        doubleKey,
        auditSize(),
        settleMinutes,
        reread,
        overwrite);
  }
}
