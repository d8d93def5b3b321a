// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.failure.UserException;

/**
 * Makes a digit network of a whole Keras model in HDF5, as Keras 2 and 3 write it. The model takes
 * {@code [batch, 28, 28, 1]}, {@code [batch, 28, 28]} or {@code [batch, 784]}, 0 = paper and 1 =
 * ink, and ends in a softmax over the ten digits; its layers are one chain.
 */
public final class KerasImport {

  private static final byte[] HDF = "\u0089HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] ZIP = "PK\u0003\u0004".getBytes(StandardCharsets.ISO_8859_1);
  private static final int MOST_BYTES = 1 << 30;

  private KerasImport() {}

  /**
   * What was in a file.
   *
   * @param network of stock layers, for input {@code [batch, 28, 28, 1]}
   * @param kerasVersion of the Keras that wrote it; "unknown" if it does not say
   * @param learningRate of the Adadelta it was trained with; null if it was another optimizer
   */
  public record Imported(MultiLayerNetwork network, String kerasVersion, Double learningRate) {}

  /**
   * Reads a file.
   *
   * @param in is not closed
   * @param name for messages
   * @throws UserException if it is no such file, is damaged, or holds what cannot be converted; the
   *     message names the layer
   */
  public static Imported read(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES);
    requireHdf(bytes, name);
    try (KerasArchive archive = new KerasArchive(bytes)) {
      JsonNode training = archive.training();
      MultiLayerNetwork network =
          ImportedNetwork.of(KerasChain.of(archive.model()), archive, Adadelta.of(training));
      return new Imported(network, archive.kerasVersion(), Adadelta.learningRate(training));
    } catch (Unconvertible e) {
      throw new UserException(name + " cannot become a model: " + e.getMessage(), e);
    } catch (HdfException e) {
      throw new UserException(name + " is damaged: " + e.getMessage() + "; save it again", e);
    }
  }

  private static void requireHdf(byte[] bytes, String name) {
    if (startsWith(bytes, ZIP)) {
      throw new UserException(
          name
              + " is a zip, as Keras 3 writes with the ending .keras; save the model as HDF5:"
              + " model.save('model.h5')");
    }
    if (!startsWith(bytes, HDF)) {
      throw new UserException(
          name
              + " is no HDF5 file; expected a whole model that Keras saved:"
              + " model.save('model.h5')");
    }
    if (bytes.length == MOST_BYTES) {
      throw new UserException(name + " is larger than 1 GiB; expected a model of digits");
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
