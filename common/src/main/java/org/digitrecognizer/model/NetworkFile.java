package org.digitrecognizer.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.digitrecognizer.backend.FastLayers;
import org.digitrecognizer.backend.NativeLibrary;
import org.digitrecognizer.failure.UserException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network as Deeplearning4j's zip, with stock layers.
 *
 * <p>Deeplearning4j's own loader deserialises Java objects if the zip holds any, and makes whatever
 * class the configuration names. So it never sees a zip that holds anything else than a
 * configuration of known classes and arrays.
 */
public final class NetworkFile {

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
   * @param network may hold fast layers; they are written as stock ones
   * @param out is not closed
   */
  public static void write(MultiLayerNetwork network, OutputStream out) throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(FastLayers.toStock(network), zip, true);
    zip.writeTo(out);
  }

  /**
   * Reads a network, updater state included if there is one.
   *
   * @param in is not closed
   * @param name for messages
   * @return with fast layers
   * @throws UserException if the file is no network of known layers
   */
  public static MultiLayerNetwork read(InputStream in, String name) throws IOException {
    NativeLibrary.require();
    Map<String, byte[]> entries = entries(in, name);
    for (String needed : new String[] {CONFIGURATION, PARAMETERS}) {
      if (!entries.containsKey(needed)) {
        throw refused(name, "it holds no " + needed);
      }
    }
    JsonNode json = new ObjectMapper().readTree(entries.get(CONFIGURATION));
    KnownClasses.firstUnknown(json)
        .ifPresent(
            unknown -> {
              throw refused(name, "its configuration names the class " + unknown);
            });
    return FastLayers.speedUp(network(json, entries));
  }

  private static MultiLayerNetwork network(JsonNode json, Map<String, byte[]> entries)
      throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json.toString()));
    network.init(array(entries.get(PARAMETERS)), false);
    if (entries.containsKey(UPDATER_STATE)) {
      network.getUpdater().setStateViewArray(network, array(entries.get(UPDATER_STATE)), false);
    }
    return network;
  }

  private static INDArray array(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return Nd4j.read(in);
    }
  }

  private static Map<String, byte[]> entries(InputStream in, String name) throws IOException {
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

  private static UserException refused(String name, String why) {
    return new UserException(
        name
            + " is no digit network: "
            + why
            + "; expected a network.zip as 'digits train' writes it");
  }
}
