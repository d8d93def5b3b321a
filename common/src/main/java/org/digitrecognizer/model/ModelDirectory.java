// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UnreadableFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.storage.StagedFile;

/**
 * A model on any Hadoop file system. {@code model.json} is written last of all and holds the
 * SHA-256 of every other file: a directory without it, or whose sums do not match, is no model.
 * Nothing relies on renaming.
 */
public final class ModelDirectory {

  /** The file that makes a directory a model. */
  public static final String DESCRIPTION = "model.json";

  /** The network, updater state included. */
  public static final String NETWORK = "network.zip";

  /** The same network for Keras. */
  public static final String KERAS = "handwritten-digit-mnist-model.h5";

  /** A line of JSON an epoch. */
  public static final String HISTORY = "history.jsonl";

  /** The page that shows the training. */
  public static final String REPORT = "report/index.html";

  static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /**
   * What only a model has, finished or not: a folder "report" may be anybody's. A model is moved in
   * the order of its files, and one of these comes first.
   */
  public static final List<String> MARKS = List.of(DESCRIPTION, NETWORK, KERAS);

  private static final Set<String> OWN =
      Set.of(DESCRIPTION, NETWORK, KERAS, HISTORY, new Path(REPORT).getParent().getName());

  /** All that {@code model.json} may list: what it says is data, and leads to no other file. */
  private static final Set<String> LISTED = Set.of(NETWORK, KERAS, HISTORY, REPORT);

  private ModelDirectory() {}

  /** Tells whether a file of this name directly in a directory may be part of a model. */
  public static boolean isOwn(String name) {
    return OWN.contains(name);
  }

  /**
   * Opens a model and checks all of it.
   *
   * @param directory any Hadoop path
   * @param expectedSha256 of {@code model.json} in hexadecimal, or null for any
   * @throws DamagedModelException if there is no model, or it is damaged or unfinished
   * @throws UserException if it may not be read, or is not one that this program reads
   */
  public static Model open(Path directory, Configuration configuration, String expectedSha256)
      throws IOException {
    FileSystem fileSystem = directory.getFileSystem(configuration);
    byte[] json = descriptionBytes(fileSystem, directory);
    String sha256 = DigestUtils.sha256Hex(json);
    if (expectedSha256 != null && !expectedSha256.equalsIgnoreCase(sha256)) {
      throw new UserException(
          String.format(
              "%s/%s has the SHA-256 %s, not %s as --model-sha256 says; use the model that sum is"
                  + " of",
              directory, DESCRIPTION, sha256, expectedSha256));
    }
    ModelDescription description = parse(json, directory);
    byte[] network = null;
    for (Map.Entry<String, String> file : description.files().entrySet()) {
      byte[] bytes = checked(fileSystem, directory, file.getKey(), file.getValue());
      if (file.getKey().equals(NETWORK)) {
        network = bytes;
      }
    }
    if (network == null) {
      throw new UserException(
          directory + " is no model: its " + DESCRIPTION + " lists no " + NETWORK);
    }
    Path file = new Path(directory, NETWORK);
    StoredNetwork loaded = NetworkFile.read(new ByteArrayInputStream(network), file.toString());
    return new Model(loaded, description, sha256);
  }

  /**
   * Moves a whole model to another place on the same file system, file by file, {@code model.json}
   * last. What stood there before is deleted first. Renaming need not be atomic.
   *
   * @throws IOException if the file system fails; then there is no model at the new place, and what
   *     was not moved yet is still at the old one
   */
  public static void move(FileSystem fileSystem, Path from, Path to) throws IOException {
    ModelDescription description;
    try (InputStream in = fileSystem.open(new Path(from, DESCRIPTION))) {
      description = parse(in.readAllBytes(), from);
    }
    fileSystem.delete(new Path(to, DESCRIPTION), false);
    // If that is cut short, what makes it known as a model that was, is there to the last.
    fileSystem.delete(new Path(to, REPORT).getParent(), true);
    fileSystem.delete(new Path(to, HISTORY), false);
    fileSystem.delete(to, true);
    List<String> names = new ArrayList<>(description.files().keySet());
    names.add(DESCRIPTION);
    StagedFile.moveAll(fileSystem, from, to, names);
    fileSystem.delete(from, true);
  }

  private static byte[] descriptionBytes(FileSystem fileSystem, Path directory) throws IOException {
    if (!fileSystem.exists(directory)) {
      throw new DamagedModelException(
          directory + " does not exist; expected a model directory that 'digits train' wrote");
    }
    Path file = new Path(directory, DESCRIPTION);
    try (InputStream in = fileSystem.open(file)) {
      return in.readAllBytes();
    } catch (ChecksumException e) {
      throw new DamagedModelException(
          String.format(
              "%s/%s is damaged: its checksum does not match; copy the model again or train it"
                  + " again",
              directory, DESCRIPTION),
          e);
    } catch (FileNotFoundException e) {
      UnreadableFile.refuse(fileSystem, file, e);
      throw new DamagedModelException(
          directory
              + " is no model: it has no "
              + DESCRIPTION
              + ", so it is something else or was never finished; train it again",
          e);
    }
  }

  private static ModelDescription parse(byte[] json, Path directory) throws IOException {
    try {
      ModelDescription description = JSON.readValue(json, ModelDescription.class);
      if (description.formatVersion() != ModelDescription.FORMAT_VERSION
          || description.files() == null
          || description.calibration() == null) {
        throw new UserException(
            String.format(
                "%s/%s has the format version %d; this program reads %d",
                directory,
                DESCRIPTION,
                description.formatVersion(),
                ModelDescription.FORMAT_VERSION));
      }
      requireListed(description.files().keySet(), directory);
      return description;
    } catch (JsonProcessingException e) {
      throw new DamagedModelException(
          String.format(
              "%s/%s is damaged: it is not the JSON that 'digits train' writes; copy the model"
                  + " again or train it again",
              directory, DESCRIPTION),
          e);
    }
  }

  private static void requireListed(Set<String> names, Path directory) {
    for (String name : names) {
      if (!LISTED.contains(name)) {
        throw new UserException(
            String.format(
                "%s/%s lists '%s', which is no file of a model; take a model that 'digits train'"
                    + " wrote",
                directory, DESCRIPTION, name));
      }
    }
  }

  private static byte[] checked(FileSystem fileSystem, Path directory, String name, String expected)
      throws IOException {
    Path path = new Path(directory, name);
    try (InputStream in = fileSystem.open(path)) {
      byte[] bytes = in.readAllBytes();
      String sum = DigestUtils.sha256Hex(bytes);
      if (!sum.equals(expected)) {
        throw new DamagedModelException(
            String.format(
                "%s is damaged: its SHA-256 is %s, %s says %s; copy the model again or train it"
                    + " again",
                path, sum, DESCRIPTION, expected));
      }
      return bytes;
    } catch (ChecksumException e) {
      throw new DamagedModelException(
          path + " is damaged: its checksum does not match; copy the model again or train it again",
          e);
    } catch (FileNotFoundException e) {
      UnreadableFile.refuse(fileSystem, path, e);
      throw new DamagedModelException(
          path + " is missing, though " + DESCRIPTION + " lists it; copy the model again", e);
    }
  }
}
