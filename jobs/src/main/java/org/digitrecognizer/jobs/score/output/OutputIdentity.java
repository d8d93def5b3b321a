// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.Version;
import org.digitrecognizer.storage.JsonFile;
import org.digitrecognizer.storage.OutputDirectory;

/**
 * What all rows of an output have in common: readings of another model, or of scans that were
 * normalised in another way, do not mix with them.
 *
 * @param formatVersion of the output's layout
 * @param modelSha256 of the model's model.json, in hexadecimal
 * @param normalisation version of the way from scan to digit
 * @param formSha256 of the form's file, in hexadecimal; null without a form
 * @param createdAt ISO 8601, UTC
 * @param writtenBy name and version of the program
 */
public record OutputIdentity(
    int formatVersion,
    String modelSha256,
    String normalisation,
    String formSha256,
    String createdAt,
    String writtenBy) {

  private static final int FORMAT_VERSION = 3;
  private static final String KIND = "score output";

  public static OutputIdentity of(String modelSha256, String normalisation, String formSha256) {
    return new OutputIdentity(
        FORMAT_VERSION,
        modelSha256,
        normalisation,
        formSha256,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        "digit-recognizer " + Version.current());
  }

  /** Returns the SHA-256 of an output's form; null without one. */
  public static String formOf(FileSystem fs, OutputLayout layout) throws IOException {
    return JsonFile.readIfWhole(fs, layout.identity(), OutputIdentity.class)
        .map(OutputIdentity::formSha256)
        .orElse(null);
  }

  /**
   * Refuses an output that these readings must not go to. Changes nothing.
   *
   * @throws UserException if it is something else, or of another model or normalisation, and must
   *     not be overwritten
   */
  public void check(FileSystem fs, OutputLayout layout, boolean overwrite) throws IOException {
    Path file = fs.exists(layout.next().identity()) ? layout.next().identity() : layout.identity();
    Optional<OutputIdentity> old = JsonFile.readIfWhole(fs, file, OutputIdentity.class);
    if (!overwrite && old.isEmpty() && isBegun(fs, layout)) {
      throw new UserException(
          file
              + " is missing, damaged or of an earlier version; put it back, choose a new"
              + " --output, or pass --overwrite to score all of it again");
    }
    if (overwrite || (old.isEmpty() && !isNew(fs, layout))) {
      OutputDirectory.require(fs, layout.root(), overwrite, KIND, OutputLayout.NAMES::contains);
      OutputDirectory.requireMark(fs, layout.root(), KIND, OutputLayout.MARKS);
    } else if (old.isPresent()) {
      require(old.get().formatVersion == formatVersion, layout, "by another version");
      require(old.get().modelSha256.equals(modelSha256), layout, "with another model");
      require(old.get().normalisation.equals(normalisation), layout, "with another normalisation");
      boolean sameForm = Objects.equals(old.get().formSha256, formSha256);
      require(sameForm, layout, formSha256 == null ? "with a form" : "with another form, or none");
    }
  }

  /**
   * Requires that there is an output.
   *
   * @throws UserException if there is none, or its identity is damaged
   */
  public static void require(FileSystem fs, OutputLayout layout) throws IOException {
    JsonFile.read(
        fs,
        layout.identity(),
        OutputIdentity.class,
        "put the file back, choose a new --output, or pass --overwrite to score all of it again");
  }

  /** Makes an output one of this identity, unless it is one already. */
  void settle(FileSystem fs, OutputLayout layout) throws IOException {
    if (!JsonFile.readIfWhole(fs, layout.identity(), OutputIdentity.class).isPresent()) {
      JsonFile.seal(fs, layout.identity(), this);
    }
  }

  /** Whether a run has planned something here. */
  private static boolean isBegun(FileSystem fs, OutputLayout layout) throws IOException {
    return fs.exists(layout.plans()) || fs.exists(layout.commits());
  }

  /** Whether there is nothing but what a run that died at its very beginning leaves. */
  private static boolean isNew(FileSystem fs, OutputLayout layout) throws IOException {
    if (!fs.exists(layout.root())) {
      return true;
    }
    for (FileStatus child : fs.listStatus(layout.root())) {
      Path path = child.getPath();
      if (!path.equals(qualified(fs, layout.lock()))
          && !path.equals(qualified(fs, layout.heartbeat()))
          && !path.equals(qualified(fs, layout.identity()))) {
        return false;
      }
    }
    return fs.getFileStatus(layout.root()).isDirectory();
  }

  private static Path qualified(FileSystem fs, Path path) {
    return fs.makeQualified(path);
  }

  private static void require(boolean same, OutputLayout layout, String how) {
    if (!same) {
      throw new UserException(
          String.format(
              "%s was scored %s; choose a new --output, or pass --overwrite to score all of it"
                  + " again",
              layout.root(), how));
    }
  }
}
