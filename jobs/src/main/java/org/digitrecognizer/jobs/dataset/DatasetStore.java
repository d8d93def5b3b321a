// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UnreadableFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.storage.FileContent;
import org.digitrecognizer.storage.OutputDirectory;
import org.digitrecognizer.storage.TwinFile;

/**
 * The directory of a digits dataset, and how a new one takes the place of an old one. A file system
 * need only do this in one step: delete a file, and make what was written visible no earlier than
 * it is written. Not renaming, and not replacing a file, which may leave half a file or none.
 *
 * <ol>
 *   <li>{@link #UNFINISHED} is created.
 *   <li>New Parquet files are written beside the old ones. Readers look only at those that the
 *       description lists.
 *   <li>The new description is written as {@link #NEXT}.
 *   <li>It is written again as {@link #DESCRIPTION}, over the old one. If that is cut short, {@link
 *       #NEXT} is whole, and a reader falls back on it.
 *   <li>{@link #NEXT}, the old Parquet files and {@link #UNFINISHED} are deleted, in this order.
 * </ol>
 *
 * <p>Half a description is no JSON object, which is how one is told from a whole one.
 */
final class DatasetStore {

  static final String DESCRIPTION = "_dataset.json";

  /** Readers of Parquet took it for one of the dataset's files; they pass over names in '_'. */
  static final String FORMER_DESCRIPTION = "dataset.json";

  static final String NEXT = "_dataset.next.json";
  static final String UNFINISHED = "_unfinished";

  /** Kept such readers from {@link #FORMER_DESCRIPTION}. */
  private static final String FORMER_SCHEMA = "_common_metadata";

  static final String SPLIT = "split=";

  private static final String KIND = "digits dataset";
  private static final Set<String> OWN =
      Set.of(
          DESCRIPTION,
          NEXT,
          FORMER_DESCRIPTION,
          UNFINISHED,
          FORMER_SCHEMA,
          "_SUCCESS",
          "_temporary");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final FileSystem fs;
  private final Path directory;
  private final TwinFile description;

  DatasetStore(FileSystem fs, Path directory) {
    this.fs = fs;
    this.directory = directory;
    this.description =
        new TwinFile(fs, new Path(directory, DESCRIPTION), new Path(directory, NEXT));
  }

  /**
   * Returns the description of the dataset that is there, or nothing if there is no whole one.
   *
   * @throws UserException if it has another format, or may not be read
   */
  Optional<DatasetDescription> read() throws IOException {
    Optional<DatasetDescription> whole = description.read(this::readIfWhole);
    return whole.isPresent() ? whole : readIfWhole(former());
  }

  private Path former() {
    return new Path(directory, FORMER_DESCRIPTION);
  }

  boolean holds(String name) throws IOException {
    return fs.exists(new Path(directory, name));
  }

  /**
   * Refuses a directory that a dataset must not be written to.
   *
   * @throws UserException if it exists and may not be overwritten, is something else, or has
   *     another format
   */
  void requireWritable(boolean overwrite) throws IOException {
    OutputDirectory.require(
        fs, directory, overwrite, KIND, name -> OWN.contains(name) || name.startsWith(SPLIT));
    OutputDirectory.requireMark(
        fs, directory, KIND, List.of(DESCRIPTION, NEXT, FORMER_DESCRIPTION, UNFINISHED));
    readIfWhole(description.file());
    readIfWhole(description.next());
    readIfWhole(former());
  }

  /**
   * Makes ready for new Parquet files: what a writer that died has left is put in order, and the
   * description stands under its present name.
   */
  void begin() throws IOException {
    write(UNFINISHED, new byte[0]);
    Optional<DatasetDescription> current = read();
    if (current.isPresent() && readIfWhole(description.file()).isEmpty()) {
      write(DESCRIPTION, JSON.writeValueAsBytes(current.get()));
    }
    for (String name : List.of(NEXT, FORMER_DESCRIPTION, FORMER_SCHEMA)) {
      delete(name);
    }
    deleteUnlisted(current);
  }

  /** Makes the files that a description lists the dataset, and deletes those of the old one. */
  void commit(DatasetDescription replacement) throws IOException {
    byte[] json = JSON.writeValueAsBytes(replacement);
    description.replace(out -> out.write(json));
    deleteUnlisted(Optional.of(replacement));
    delete(UNFINISHED);
  }

  /** Returns the Parquet files that are there, listed or not, relative to the directory. */
  List<String> parquetFiles() throws IOException {
    List<String> files = new ArrayList<>();
    for (FileStatus split : fs.listStatus(directory)) {
      String name = split.getPath().getName();
      if (split.isDirectory() && name.startsWith(SPLIT)) {
        for (FileStatus file : fs.listStatus(split.getPath())) {
          files.add(name + "/" + file.getPath().getName());
        }
      }
    }
    return files.stream().sorted().toList();
  }

  private void deleteUnlisted(Optional<DatasetDescription> current) throws IOException {
    Set<String> listed = new HashSet<>(current.map(DatasetDescription::files).orElse(List.of()));
    for (String file : parquetFiles()) {
      if (!listed.contains(file)) {
        delete(file);
      }
    }
    fs.delete(new Path(directory, "_temporary"), true);
  }

  private Optional<DatasetDescription> readIfWhole(Path path) throws IOException {
    try (InputStream stream = fs.open(path)) {
      JsonNode json = JSON.readTree(stream);
      requireKnownFormat(json.path("format"), path);
      return Optional.ofNullable(JSON.treeToValue(json, DatasetDescription.class));
    } catch (FileNotFoundException e) {
      UnreadableFile.refuse(fs, path, e);
      return Optional.empty();
    } catch (JsonProcessingException | ChecksumException e) {
      return Optional.empty();
    }
  }

  // A later version's dataset is whole, but which files it consists of cannot be told.
  private static void requireKnownFormat(JsonNode format, Path path) {
    if (format.isInt() && format.intValue() != DatasetDescription.FORMAT) {
      throw new UserException(
          String.format(
              "%s has format %d, and this version knows %d only; use the version that wrote it, or"
                  + " choose another place",
              path, format.intValue(), DatasetDescription.FORMAT));
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    FileContent content = out -> out.write(bytes);
    content.writeTo(fs, new Path(directory, name));
  }

  private void delete(String name) throws IOException {
    Path path = new Path(directory, name);
    if (!fs.delete(path, false) && fs.exists(path)) {
      throw new IOException(path + " cannot be deleted");
    }
  }
}
