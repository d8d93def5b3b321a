package org.digitrecognizer.jobs.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Takes torn files out of the checkpoint of Spark's stream. Spark renames each of them into place
 * and cannot start again where that left half a file, as it may where renaming is copying. Without
 * the file it does again what the file was to say it had done: it looks for files once more, or
 * hands out a batch whose plan and chunks are known.
 */
final class CheckpointRepair {

  /** A version, and JSON in each of the lines that follow. */
  private static final Pattern VERSION = Pattern.compile("v\\d+");

  private static final Pattern ENTRY = Pattern.compile("\\d+(\\.compact)?");

  private final FileSystem fs;

  private CheckpointRepair(FileSystem fs) {
    this.fs = fs;
  }

  /** Repairs a checkpoint; that there is none is no error. */
  static void run(FileSystem fs, Path checkpoint) throws IOException {
    CheckpointRepair repair = new CheckpointRepair(fs);
    repair.deleteIfTorn(new Path(checkpoint, "metadata"), 0);
    for (FileStatus source : repair.list(new Path(checkpoint, "sources"))) {
      repair.repairLog(source.getPath(), 0);
    }
    // The stream's own line, and one of its source.
    repair.repairLog(new Path(checkpoint, "offsets"), 2);
    repair.repairLog(new Path(checkpoint, "commits"), 1);
  }

  /** Looks at the last entry: those before it have been read since they were written. */
  private void repairLog(Path log, int leastLines) throws IOException {
    Optional<Path> last =
        Arrays.stream(list(log))
            .map(FileStatus::getPath)
            .filter(file -> ENTRY.matcher(file.getName()).matches())
            .max(Comparator.comparingLong(CheckpointRepair::number));
    if (last.isPresent()) {
      deleteIfTorn(last.get(), leastLines);
    }
  }

  private static long number(Path entry) {
    return Long.parseLong(entry.getName().replace(".compact", ""));
  }

  private void deleteIfTorn(Path file, int leastLines) throws IOException {
    if (fs.exists(file) && !isWhole(file, leastLines)) {
      fs.delete(file, false);
    }
  }

  private boolean isWhole(Path file, int leastLines) throws IOException {
    String last = null;
    int lines = 0;
    // Where half a file does not match its checksum, reading it fails.
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(fs.open(file), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        last = line;
        lines += VERSION.matcher(line).matches() ? 0 : 1;
      }
    } catch (ChecksumException e) {
      return false;
    }
    return last != null
        && lines >= leastLines
        && (VERSION.matcher(last).matches() || last.equals("-") || isJson(last));
  }

  private static boolean isJson(String line) throws IOException {
    try {
      return !new ObjectMapper().readTree(line).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private FileStatus[] list(Path directory) throws IOException {
    try {
      return fs.listStatus(directory);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
