// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.storage.FileContent;
import org.digitrecognizer.storage.JsonFile;
import org.digitrecognizer.storage.StagedFile;

/**
 * A list of what a person must look at. One that is not, byte for byte, what a run has written is a
 * person's work and never replaced: the new list goes beside it.
 */
final class ReviewFile {

  /** What the network has read and a person must look at. */
  static final String REVIEW = "review";

  /** What could not be read. */
  static final String REJECTED = "rejected";

  static final List<String> LISTS = List.of(REVIEW, REJECTED);
  private static final String CSV = ".csv";

  private final FileSystem fs;
  private final StagedFile list;

  /** Where the checksums of the list are kept; null for one that is written once. */
  private final Path seal;

  /** SHA-256 of the lists that runs have written; a person's has none of them. */
  private record Seal(List<String> sha256) {}

  private ReviewFile(FileSystem fs, Path target, Path seal) {
    this.fs = fs;
    this.list = new StagedFile(fs, target);
    this.seal = seal;
  }

  /** Returns the list of one run, which no other run writes. */
  static ReviewFile in(FileSystem fs, Path directory, String list) {
    return new ReviewFile(fs, new Path(directory, list + CSV), null);
  }

  /**
   * Returns the list of the whole output.
   *
   * @param list its name, without .csv
   * @param run number of the run, for the name beside a list that a person has changed
   */
  static ReviewFile of(FileSystem fs, OutputLayout layout, String list, long run)
      throws IOException {
    return isOfAPerson(fs, layout, list)
        ? new ReviewFile(fs, new Path(layout.report(), list + "-run-" + run + CSV), null)
        : new ReviewFile(fs, new Path(layout.report(), list + CSV), layout.seal(list));
  }

  /** Whether a person has changed the list of the whole output since a run wrote it. */
  private static boolean isOfAPerson(FileSystem fs, OutputLayout layout, String list)
      throws IOException {
    Path file = new Path(layout.report(), list + CSV);
    if (!fs.exists(file) || isEmpty(fs, file)) {
      return false;
    }
    return JsonFile.readIfWhole(fs, layout.seal(list), Seal.class)
        .filter(known -> known.sha256.contains(sha256(fs, file)))
        .isEmpty();
  }

  /**
   * Copies lists on which a person has worked from a report that is given up to the one that takes
   * its place, as {@code kept-NAME}; the old one stays until its report goes.
   */
  static void keep(FileSystem fs, OutputLayout from, OutputLayout to) throws IOException {
    if (!fs.exists(from.report())) {
      return;
    }
    List<String> ofAPerson = new ArrayList<>();
    for (String list : LISTS) {
      if (isOfAPerson(fs, from, list)) {
        ofAPerson.add(list + CSV);
      }
    }
    for (FileStatus file : fs.listStatus(from.report())) {
      String name = file.getPath().getName();
      boolean besides = name.matches("(kept-.*|(review|rejected)-run-.*)\\.csv");
      if (besides || ofAPerson.contains(name)) {
        String kept = name.startsWith("kept-") ? name : "kept-" + name;
        try (InputStream in = fs.open(file.getPath());
            OutputStream out = fs.create(new Path(to.report(), kept), true)) {
          in.transferTo(out);
        }
      }
    }
  }

  /** Drops the lists of the whole output, but for what a person has changed. */
  static void drop(FileSystem fs, OutputLayout layout) throws IOException {
    for (String list : LISTS) {
      if (!isOfAPerson(fs, layout, list)) {
        fs.delete(new Path(layout.report(), list + CSV), false);
      }
    }
  }

  private static boolean isEmpty(FileSystem fs, Path list) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(fs.open(list), StandardCharsets.UTF_8))) {
      lines.readLine();
      return lines.readLine() == null;
    }
  }

  Path path() {
    return list.target();
  }

  /** Writes it, under a name that it does not keep. */
  void write(FileContent content) throws IOException {
    content.writeTo(fs, list.staged());
  }

  /** Writes what another list has, under a name that it does not keep. */
  void copy(ReviewFile settled) throws IOException {
    try (InputStream in = fs.open(settled.path())) {
      write(in::transferTo);
    }
  }

  /**
   * Gives what was written its name; if the process dies here, it is known for a run's all the
   * same.
   */
  void settle() throws IOException {
    if (seal != null) {
      JsonFile.seal(fs, seal, new Seal(List.of(sha256(fs, path()), sha256(fs, list.staged()))));
    }
    list.publish();
  }

  private static String sha256(FileSystem fs, Path file) {
    try (InputStream in = fs.open(file)) {
      return DigestUtils.sha256Hex(in);
    } catch (FileNotFoundException e) {
      return "";
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
