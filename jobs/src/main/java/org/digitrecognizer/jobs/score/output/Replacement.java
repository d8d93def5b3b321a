// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.storage.JsonFile;
import org.digitrecognizer.storage.StagedFile;

/**
 * An output that is made anew. The new one grows in a folder inside the old one, which stays as it
 * is until the new one is whole; then each part of the old one gives way to that of the new one. If
 * the process dies in the middle of that, the next run goes on with it.
 */
public final class Replacement {

  private static final String WHOLE = "_whole.json";

  private final FileSystem fs;
  private final OutputLayout output;
  private final OutputLayout target;

  /** What the new output consists of, once it is whole. */
  private record Whole(List<String> names) {}

  private Replacement(FileSystem fs, OutputLayout output, OutputLayout target) {
    this.fs = fs;
    this.output = output;
    this.target = target;
  }

  /**
   * Decides where a run writes: to the output, or to the new one that will take its place. Without
   * {@code overwrite} a new one that was begun is gone on with.
   *
   * @param identity of what the run writes
   */
  public static Replacement begin(
      FileSystem fs, OutputLayout output, OutputIdentity identity, boolean overwrite)
      throws IOException {
    OutputLayout next = output.next();
    if (JsonFile.readIfWhole(fs, new Path(next.root(), WHOLE), Whole.class).isPresent()) {
      new Replacement(fs, output, next).move();
    }
    if (overwrite) {
      fs.delete(next.root(), true);
    }
    boolean replaces = overwrite ? isBegun(fs, output) : fs.exists(next.identity());
    OutputLayout target = replaces ? next : output;
    fs.mkdirs(target.root());
    identity.settle(fs, target);
    return new Replacement(fs, output, target);
  }

  private static boolean isBegun(FileSystem fs, OutputLayout output) throws IOException {
    for (String mark : OutputLayout.MARKS) {
      Path path = new Path(output.root(), mark);
      if (!path.equals(output.lock()) && !path.equals(output.heartbeat()) && fs.exists(path)) {
        return true;
      }
    }
    return false;
  }

  /** Returns where the run writes. */
  public OutputLayout target() {
    return target;
  }

  /** Puts the new output, now whole, in the place of the old one. */
  public void finish() throws IOException {
    List<String> names =
        Arrays.stream(fs.listStatus(target.root()))
            .map(child -> child.getPath().getName())
            .toList();
    JsonFile.seal(fs, new Path(target.root(), WHOLE), new Whole(names));
    move();
  }

  private void move() throws IOException {
    OutputLayout next = output.next();
    List<String> names =
        JsonFile.read(fs, new Path(next.root(), WHOLE), Whole.class, "run it again").names();
    for (String name : OutputLayout.REPLACED) {
      Path from = new Path(next.root(), name);
      Path to = new Path(output.root(), name);
      if (!names.contains(name)) {
        fs.delete(to, true);
      } else if (fs.exists(from)) {
        fs.delete(to, true);
        StagedFile.moveAll(fs, next.root(), output.root(), List.of(name));
      }
    }
    fs.delete(next.root(), true);
  }
}
