// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.cli.OptionCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes sample scans.
 *
 * <p>Input: the four IDX files in one directory, packed or not. Output: an archive of PNG images,
 * and labels.csv beside it.
 *
 * <pre>submit/digits samples --source data/mnist --output work/scans</pre>
 */
@Command(
    name = "samples",
    description =
        "Draws digits of MNIST, or numbers of them, as scans of many sizes and packs them into an"
            + " archive.")
public final class SamplesJob extends Job {

  private static final int LEAST_SIZE = 14;
  private static final int MOST_SIZE = 2000;

  @Option(
      names = "--source",
      required = true,
      paramLabel = "DIR",
      description = "Directory with the four IDX files of MNIST, .gz or not; any Hadoop URI.")
  private Path source;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Where the archive and labels.csv go; any Hadoop URI.")
  private Path output;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "test",
      description = "Split whose digits are drawn: train or test.")
  private String split;

  @Option(
      names = "--numbers",
      paramLabel = "FILE",
      description =
          "Draw numbers instead of digits: sheets of this form, as 'digits score --form' takes it,"
              + " with numbers that its rules allow. All digits of a number are by one hand, spaced"
              + " or touching, some in printed cells.")
  private Path numbers;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Scans to draw, or with --numbers sheets, at least 1. Beyond what the split has, its"
              + " digits are drawn again, each time otherwise.")
  private long images;

  @Option(
      names = "--min-size",
      paramLabel = "PIXELS",
      defaultValue = "20",
      description =
          "The smallest side of a digit's 28x28 frame as it is drawn, 14 to 2000; the sheet is up"
              + " to half as large again.")
  private int minSize;

  @Option(
      names = "--max-size",
      paramLabel = "PIXELS",
      defaultValue = "200",
      description = "The largest side, up to 2000.")
  private int maxSize;

  @Option(
      names = "--paper",
      fallbackValue = "true",
      description =
          "Draw on paper as scanners and cameras see it: grain, printed patterns, slopes of light,"
              + " shadows. Without it, paper is of one shade.")
  private boolean paper;

  @Option(
      names = "--archive",
      paramLabel = "KIND",
      defaultValue = "zip",
      description =
          "What the scans are packed into: zip, tar or folder. A zip takes 400 bytes of memory a"
              + " scan, the others none.")
  private ArchiveKind archive;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of all that is random; the same seed gives the same files.")
  private long seed;

  @Option(
      names = "--extras",
      fallbackValue = "true",
      description =
          "Add what a reader of scans must reject: a blank sheet, two digits side by side, text"
              + " called .png, a PNG cut short and a zip.")
  private boolean extras;

  @Option(
      names = "--overwrite",
      fallbackValue = "true",
      description = "Replace the sample scans that --output holds.")
  private boolean overwrite;

  @Override
  protected void check(OptionCheck check) {
    check.require(split.equals("train") || split.equals("test"), "--split", split, "train or test");
    check.require(
        numbers == null || !extras, "--extras", "true", "left out where --numbers are drawn");
    check.inRange("--images", images, 1, Long.MAX_VALUE);
    check.inRange("--min-size", minSize, LEAST_SIZE, MOST_SIZE);
    check.inRange("--max-size", maxSize, minSize, MOST_SIZE);
  }

  @Override
  protected int run(SparkSession spark) throws IOException {
    SamplesOptions options =
        new SamplesOptions(
            source, output, split, numbers, images, minSize, maxSize, paper, archive, seed, extras,
            overwrite);
    SamplesResult result = Samples.run(spark.sessionState().newHadoopConf(), options, out());
    out().println(numbers == null ? ofDigits(result) : ofNumbers(result));
    return DONE;
  }

  private static String ofDigits(SamplesResult result) {
    return String.format(
        Locale.US,
        "Wrote %,d scans and %d that are none to %s, labels to %s",
        result.images(),
        result.extras(),
        result.archive(),
        result.labels());
  }

  private String ofNumbers(SamplesResult result) {
    return String.format(
        Locale.US,
        "Wrote %,d sheets of %s as %,d images to %s, labels to %s",
        images,
        numbers,
        result.images(),
        result.archive(),
        result.labels());
  }
}
