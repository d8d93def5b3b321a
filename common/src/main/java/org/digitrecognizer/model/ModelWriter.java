// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.storage.FileContent;

/** Writes a model directory file by file, and {@code model.json} when all else is there. */
public final class ModelWriter {

  private final FileSystem fileSystem;
  private final Path directory;
  private final Map<String, String> sums = new TreeMap<>();

  /**
   * Makes the directory if need be. A model that stands there stops being one at once.
   *
   * @param directory any Hadoop path
   */
  public ModelWriter(Path directory, Configuration configuration) throws IOException {
    this.fileSystem = directory.getFileSystem(configuration);
    this.directory = directory;
    fileSystem.delete(directory, true);
    fileSystem.mkdirs(directory);
  }

  /** Writes {@code network.zip}, updater state included. */
  public void network(MultiLayerNetwork network) throws IOException {
    file(ModelDirectory.NETWORK, out -> NetworkFile.write(network, out));
  }

  /** Writes {@code network.zip} without the updater state, which only training on needs. */
  public void networkWithoutState(MultiLayerNetwork network) throws IOException {
    file(ModelDirectory.NETWORK, out -> NetworkFile.writeWithoutState(network, out));
  }

  /**
   * Writes a file.
   *
   * @param name its path in the directory
   */
  public void file(String name, FileContent content) throws IOException {
    sums.put(name, write(name, content));
  }

  /**
   * Writes {@code model.json}, which makes the directory a model.
   *
   * @param description its files are filled in here
   */
  public void finish(ModelDescription description) throws IOException {
    byte[] json = ModelDirectory.JSON.writeValueAsBytes(description.withFiles(sums));
    write(ModelDirectory.DESCRIPTION, out -> out.write(json));
  }

  private String write(String name, FileContent content) throws IOException {
    MessageDigest digest = DigestUtils.getSha256Digest();
    try (OutputStream file = fileSystem.create(new Path(directory, name), true);
        OutputStream out = new BufferedOutputStream(new DigestOutputStream(file, digest))) {
      content.writeTo(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
