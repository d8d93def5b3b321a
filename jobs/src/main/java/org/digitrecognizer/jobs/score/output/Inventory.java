// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.storage.Requests;
import org.digitrecognizer.storage.StoredFile;

/**
 * What must lie in an output, by its records, against what lies there: by names and lengths, both
 * ways, so that nothing of the output is lost or there twice without a word.
 */
public final class Inventory {

  private final FileSystem fs;
  private final OutputLayout layout;
  private final Map<Path, StoredFile> expected = new HashMap<>();

  /**
   * @param records of all chunks that are committed
   */
  public Inventory(FileSystem fs, OutputLayout layout, List<CommitRecord> records) {
    this.fs = fs;
    this.layout = layout;
    for (CommitRecord record : records) {
      expect(layout.predictions(), record, record.predictions());
      expect(layout.rejected(), record, record.rejected());
      expect(layout.numbers(), record, record.numbers());
    }
  }

  private void expect(Path kind, CommitRecord record, CommitRecord.Part part) {
    if (part != null) {
      Path folder = new Path(kind, OutputLayout.chunk(record.batch(), record.chunk()));
      expected.put(new Path(folder, part.file().name()), part.file());
    }
  }

  /**
   * Returns what is said of a file of the output that is not as it was written.
   *
   * @param what is wrong with it, as in "is missing"
   */
  public static UserException damage(Path file, String what) {
    return new UserException(
        file
            + " "
            + what
            + "; the output is damaged: put the file back, choose a new --output, or pass"
            + " --overwrite to score all of it again");
  }

  /** Adds the files of a plan to what must be there. */
  public void expectPlan(long batch, List<StoredFile> ranges) {
    ranges.forEach(file -> expected.put(new Path(layout.plan(batch), file.name()), file));
  }

  /** Adds what was drawn for the audit of a run to what must be there. */
  public void expectAudit(Audit audit) {
    if (audit.drawn() != null) {
      StoredFile file = audit.drawn().file();
      expected.put(new Path(layout.audit(), file.name()), file);
    }
  }

  /**
   * Compares names and lengths.
   *
   * @param committed whether a chunk has a record, by "batch=N/chunk=K"
   * @throws UserException for a file that is missing, has another length, or is of a chunk without
   *     a record
   */
  public void check(Predicate<String> committed) throws IOException {
    Map<Path, Long> there = new HashMap<>();
    List<Path> kinds = List.of(layout.predictions(), layout.rejected(), layout.numbers());
    List<Path> holding = new ArrayList<>(folders(folders(kinds)));
    expected.keySet().stream()
        .map(Path::getParent)
        .distinct()
        .filter(folder -> isOfPlans(folder) || folder.equals(layout.audit()))
        .forEach(holding::add);
    for (FileStatus file : Requests.listAll(fs, holding)) {
      if (file.isFile() && isVisible(file.getPath())) {
        there.put(file.getPath(), file.getLen());
      }
    }
    for (Map.Entry<Path, StoredFile> file : expected.entrySet()) {
      Long length = there.remove(file.getKey());
      if (length == null) {
        throw damage(file.getKey(), "is missing");
      }
      if (length != file.getValue().length()) {
        throw damage(
            file.getKey(),
            "has %d bytes, not the %d that were written"
                .formatted(length, file.getValue().length()));
      }
    }
    for (Path file : there.keySet()) {
      if (!isOfPlans(file.getParent()) && !file.getParent().equals(layout.audit())) {
        throw unexpected(file, committed);
      }
    }
  }

  private RuntimeException unexpected(Path file, Predicate<String> committed) {
    Path folder = file.getParent();
    String chunk = folder.getParent().getName() + "/" + folder.getName();
    return committed.test(chunk)
        ? damage(file, "is no file of this output")
        : damage(
            new Path(layout.commits(), chunk + ".json"),
            "is missing, cut off or was changed, though there are rows of its chunk");
  }

  /** Returns all files with what they were when they were written. */
  public Map<Path, StoredFile> files() {
    return expected.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private boolean isOfPlans(Path folder) {
    return folder.getParent().equals(layout.plans());
  }

  private List<Path> folders(List<Path> parents) throws IOException {
    return Requests.listAll(fs, parents).stream()
        .filter(child -> child.isDirectory() && isVisible(child.getPath()))
        .map(FileStatus::getPath)
        .toList();
  }

  private static boolean isVisible(Path file) {
    return !file.getName().startsWith("_") && !file.getName().startsWith(".");
  }
}
