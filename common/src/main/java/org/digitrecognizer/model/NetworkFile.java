// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.digitrecognizer.failure.UserException;

/**
 * A network as Deeplearning4j's zip, with stock layers.
 *
 * <p>Deeplearning4j's own loader deserialises Java objects if the zip holds any, and makes whatever
 * class the configuration names. So it never sees a zip that holds anything else than a
 * configuration of known classes and arrays. ND4J's reader of arrays would hand a header to native
 * code as it stands, so {@link ArrayFile} reads them.
 */
public final class NetworkFile {

  private static final String NAME = "network.zip";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIGURATION = ModelSerializer.CONFIGURATION_JSON;
  private static final String PARAMETERS = ModelSerializer.COEFFICIENTS_BIN;
  private static final String UPDATER_STATE = ModelSerializer.UPDATER_BIN;
  private static final Set<String> ENTRIES = Set.of(CONFIGURATION, PARAMETERS, UPDATER_STATE);

  /** No entry of ours is larger: the network takes 5 MB, its updater state 10 MB. */
  private static final int MOST_BYTES_AN_ENTRY = 1 << 30;

  private NetworkFile() {}

  /**
   * Writes a network, updater state included.
   *
   * @param network of stock layers
   * @param out is not closed
   * @throws IllegalArgumentException if it has others, which could not be read again
   */
  public static void write(MultiLayerNetwork network, OutputStream out) throws IOException {
    write(network, true, out);
  }

  /** Writes a network likewise, but for its updater state, which only training on needs. */
  static void writeWithoutState(MultiLayerNetwork network, OutputStream out) throws IOException {
    write(network, false, out);
  }

  private static void write(MultiLayerNetwork network, boolean updaterState, OutputStream out)
      throws IOException {
    JsonNode json = JSON.readTree(network.getLayerWiseConfigurations().toJson());
    KnownClasses.firstUnknown(json)
        .ifPresent(
            unknown -> {
              throw new IllegalArgumentException(unknown + " is not kept in a " + NAME);
            });
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, zip, updaterState);
    zip.writeTo(out);
  }

  /**
   * Reads a network, updater state included if there is one. Nothing of it reaches native code.
   *
   * @param in is not closed
   * @param name for messages
   * @throws UserException if the file is no network of known layers, or its numbers are not as many
   *     as its layers have
   */
  public static StoredNetwork read(InputStream in, String name) throws IOException {
    Map<String, byte[]> entries = entries(in, name);
    for (String needed : new String[] {CONFIGURATION, PARAMETERS}) {
      if (!entries.containsKey(needed)) {
        throw refused(name, "it holds no " + needed);
      }
    }
    MultiLayerConfiguration configuration = configuration(entries.get(CONFIGURATION), name);
    float[] parameters = numbers(entries, PARAMETERS, name);
    long needed = parameterCount(configuration, name);
    if (parameters.length != needed) {
      throw refused(
          name,
          String.format(
              "%s holds %,d numbers, its layers have %,d", PARAMETERS, parameters.length, needed));
    }
    float[] updaterState =
        entries.containsKey(UPDATER_STATE) ? numbers(entries, UPDATER_STATE, name) : null;
    return new StoredNetwork(name, configuration, parameters, updaterState);
  }

  private static MultiLayerConfiguration configuration(byte[] bytes, String name)
      throws IOException {
    try {
      JsonNode json = JSON.readTree(bytes);
      KnownClasses.firstUnknown(json)
          .ifPresent(
              unknown -> {
                throw refused(name, "its configuration names the class " + unknown);
              });
      return MultiLayerConfiguration.fromJson(json.toString());
    } catch (JsonProcessingException e) {
      throw refused(name, CONFIGURATION + " is no JSON");
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException e) {
      throw refused(name, CONFIGURATION + " is not that of a network");
    }
  }

  private static long parameterCount(MultiLayerConfiguration configuration, String name) {
    try {
      return configuration.getConfs().stream().mapToLong(StoredNetwork::parameterCount).sum();
    } catch (RuntimeException e) {
      throw refused(name, CONFIGURATION + " is not that of a network");
    }
  }

  private static float[] numbers(Map<String, byte[]> entries, String entry, String name) {
    try {
      return ArrayFile.read(entries.get(entry));
    } catch (ArrayFile.MalformedException e) {
      throw refused(name, entry + " is damaged (" + e.getMessage() + ")");
    }
  }

  private static Map<String, byte[]> entries(InputStream in, String name) throws IOException {
    try {
      return unpacked(in, name);
    } catch (ZipException | EOFException e) {
      throw refused(name, "it is no whole zip");
    }
  }

  private static Map<String, byte[]> unpacked(InputStream in, String name) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (!ENTRIES.contains(entry.getName())) {
        throw refused(name, "it holds '" + entry.getName() + "'");
      }
      byte[] bytes = zip.readNBytes(MOST_BYTES_AN_ENTRY);
      if (bytes.length == MOST_BYTES_AN_ENTRY) {
        throw refused(name, "'" + entry.getName() + "' is larger than 1 GiB");
      }
      entries.put(entry.getName(), bytes);
    }
    return entries;
  }

  static UserException refused(String name, String why) {
    return new UserException(
        name
            + " is no digit network: "
            + why
            + "; expected a "
            + NAME
            + " as 'digits train' writes it");
  }
}
