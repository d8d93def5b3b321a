// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.archive.ArchivePlan;
import org.digitrecognizer.archive.ArchivePlanner;
import org.digitrecognizer.archive.ArchiveReader;
import org.digitrecognizer.archive.RangeSize;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.spark.Attempts;
import org.digitrecognizer.reading.Place;
import org.digitrecognizer.reading.PlannedRange;
import org.digitrecognizer.reading.ScanReading;
import org.digitrecognizer.reading.SourceRoot;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.scan.ScanThumbnail;

/** Finds the labelled scans of a site, as scoring would see them. */
final class SiteScans implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final long RANGE_BYTES = 64L << 20;
  private static final long RANGE_ENTRIES = 2048;

  /** Why a page is left out whose label is not known, whatever is on it. */
  static final String NO_LABEL = "without a label";

  private final Truth truth;
  private final SourceRoot root;
  private final Pattern origin;
  private final Attempts attempts;
  private final SerializableConfiguration configuration;

  /**
   * @param truth which digit a scan is
   * @param origin a pattern whose one group names what scans of one hand have in common, or null
   */
  SiteScans(
      Truth truth,
      SourceRoot root,
      Pattern origin,
      Attempts attempts,
      Configuration configuration) {
    this.truth = truth;
    this.root = root;
    this.origin = origin;
    this.attempts = attempts;
    this.configuration = new SerializableConfiguration(configuration);
  }

  private record Found(String path, long length, long modified) implements Serializable {}

  /**
   * What came of some scans.
   *
   * @param scans those that are labelled and can be read
   * @param leftOut how many are not among them, by why: the name of the reason to reject them, or
   *     {@link #NO_LABEL}
   */
  record Seen(List<SiteScan> scans, Map<String, Long> leftOut) implements Serializable {}

  /**
   * Returns all scans there are: those that are labelled and can be read, and the others.
   *
   * @param archives a directory, a file, or a glob of either
   * @throws UserException if nothing lies there
   */
  JavaRDD<Seen> read(JavaSparkContext context, String archives, int partitions) throws IOException {
    List<Found> files = new ArrayList<>();
    Path path = new Path(archives);
    FileSystem fs = path.getFileSystem(configuration.value());
    FileStatus[] roots =
        fs.exists(path) ? new FileStatus[] {fs.getFileStatus(path)} : fs.globStatus(path);
    if (roots == null || roots.length == 0) {
      throw new UserException(archives + " does not exist; expected archives of labelled scans");
    }
    for (FileStatus root : roots) {
      list(fs, root, files);
    }
    return context
        .parallelize(files, Math.max(1, Math.min(partitions, files.size())))
        .flatMap(file -> ranges(file).iterator())
        .repartition(partitions)
        .mapPartitions(this::seen);
  }

  /** Returns those that are labelled and can be read. */
  static JavaRDD<SiteScan> labelled(JavaRDD<Seen> seen) {
    return seen.flatMap(some -> some.scans.iterator());
  }

  /** Returns how many are left out for each reason. */
  static Map<String, Long> leftOut(JavaRDD<Seen> seen) {
    Map<String, Long> all = new TreeMap<>();
    for (Map<String, Long> its : seen.map(Seen::leftOut).collect()) {
      its.forEach((why, scans) -> all.merge(why, scans, Long::sum));
    }
    return all;
  }

  private static void list(FileSystem fs, FileStatus file, List<Found> files) throws IOException {
    if (!file.isDirectory()) {
      files.add(new Found(file.getPath().toString(), file.getLen(), file.getModificationTime()));
      return;
    }
    for (FileStatus child : fs.listStatus(file.getPath())) {
      String name = child.getPath().getName();
      if (!name.startsWith(".") && !name.startsWith("_")) {
        list(fs, child, files);
      }
    }
  }

  private List<PlannedRange> ranges(Found file) throws IOException {
    ArchivePlanner planner =
        new ArchivePlanner(configuration.value(), new RangeSize(RANGE_ENTRIES, RANGE_BYTES));
    List<PlannedRange> ranges = new ArrayList<>();
    try (ArchivePlan plan = planner.plan(new Path(file.path()), file.length())) {
      while (plan.hasNext()) {
        ranges.add(new PlannedRange(file.path(), file.modified(), plan.next(), null));
      }
    }
    return ranges;
  }

  private Iterator<Seen> seen(Iterator<PlannedRange> ranges) throws IOException {
    LabelledScans labelled = new LabelledScans();
    ScanReading reading =
        new ScanReading(
            new ArchiveReader(configuration.value(), ArchiveLimits.DEFAULT),
            new ScanDecoder(ScanLimits.DEFAULT),
            labelled,
            (place, rejection, scan) -> labelled.leaveOut(rejection.reason().name()),
            attempts.mayBeLast());
    while (ranges.hasNext()) {
      reading.read(ranges.next());
    }
    return List.of(new Seen(labelled.scans, labelled.leftOut)).iterator();
  }

  /** Looks up the label of each scan, and finds the digit on it. */
  private final class LabelledScans implements ScanReading.Pages {

    private final ScanNormaliser normaliser = new ScanNormaliser();
    private final List<SiteScan> scans = new ArrayList<>();
    private final Map<String, Long> leftOut = new TreeMap<>();

    @Override
    public void read(Place place, GreyImage scan) {
      OptionalInt label = truth.of(place);
      if (label.isEmpty()) {
        leaveOut(NO_LABEL);
        return;
      }
      Outcome<DigitImage> found = normaliser.normalise(scan);
      if (found instanceof Outcome.Ok<DigitImage> digit) {
        scans.add(siteScan(place, scan, new LabelledDigit(digit.value(), label.getAsInt())));
      } else if (found instanceof Outcome.Rejected<DigitImage> rejected) {
        leaveOut(rejected.rejection().reason().name());
      }
    }

    private void leaveOut(String why) {
      leftOut.merge(why, 1L, Long::sum);
    }

    private SiteScan siteScan(Place place, GreyImage scan, LabelledDigit digit) {
      String name = root.nameOf(place.source(), place.entry());
      int slash = name.lastIndexOf('/');
      return new SiteScan(
          place.plain() ? "" : place.archive(),
          slash < 0 ? "" : name.substring(0, slash),
          originOf(name),
          digit,
          ScanThumbnail.of(scan));
    }

    private String originOf(String name) {
      if (origin == null) {
        return null;
      }
      Matcher matcher = origin.matcher(name);
      return matcher.find() ? matcher.group(1) : "";
    }

    @Override
    public void flush() {}
  }
}
