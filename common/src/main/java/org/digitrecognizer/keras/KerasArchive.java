// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is in a whole Keras model in HDF5: texts and arrays. */
final class KerasArchive implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A packed file can promise far more than it holds. */
  private static final long MOST_NUMBERS = 1 << 27;

  private static final String WEIGHTS = "model_weights";

  private final HdfFile file;

  KerasArchive(byte[] bytes) {
    this.file = reading(() -> HdfFile.fromBytes(bytes));
  }

  /** Of a damaged file the library throws whatever comes. */
  private static <T> T reading(Supplier<T> work) {
    try {
      return work.get();
    } catch (Unconvertible | HdfException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new HdfException(e.toString(), e);
    }
  }

  /** Returns {@code model_config}. */
  JsonNode model() {
    if (!has("model_config")) {
      throw new Unconvertible(
          "it holds no model_config, so weights only; save the whole model, as"
              + " model.save('model.h5') does");
    }
    return json("model_config");
  }

  /** Returns {@code training_config}; missing where the model was not compiled. */
  JsonNode training() {
    return has("training_config") ? json("training_config") : JSON.missingNode();
  }

  /** Returns the version of Keras that wrote the file; "unknown" where it does not say. */
  String kerasVersion() {
    return has("keras_version") ? text("keras_version") : "unknown";
  }

  private JsonNode json(String attribute) {
    try {
      return JSON.readTree(text(attribute));
    } catch (JsonProcessingException e) {
      throw new Unconvertible("its " + attribute + " is no JSON");
    }
  }

  private boolean has(String attribute) {
    return reading(() -> file.getAttribute(attribute)) != null;
  }

  private String text(String attribute) {
    Object data = reading(() -> file.getAttribute(attribute).getData());
    return data instanceof String[] several && several.length == 1
        ? several[0]
        : String.valueOf(data);
  }

  /**
   * Returns a layer's arrays in C order, by the last part of their names: {@code kernel}, not
   * {@code dense/kernel:0}.
   */
  Map<String, INDArray> weights(LayerConfig layer) {
    return reading(() -> read(layer));
  }

  private Map<String, INDArray> read(LayerConfig layer) {
    if (!(file.getChild(WEIGHTS) instanceof Group all)
        || !(child(all, layer.name()) instanceof Group group)
        || group.getAttribute("weight_names") == null) {
      throw layer.refused("the file holds no weights of it");
    }
    Map<String, INDArray> weights = new LinkedHashMap<>();
    for (String name : names(group.getAttribute("weight_names"))) {
      if (!(child(group, name) instanceof Dataset dataset)) {
        throw layer.refused("its array '" + name + "' is missing");
      }
      weights.put(name.replaceAll(".*/", "").replaceAll(":\\d+$", ""), array(dataset, layer));
    }
    return weights;
  }

  private static String[] names(Attribute attribute) {
    Object data = attribute.isEmpty() ? null : attribute.getData();
    if (data instanceof String[] names) {
      return names;
    }
    return data instanceof String name && !name.isEmpty() ? new String[] {name} : new String[0];
  }

  private static Node child(Group group, String path) {
    Node node = group;
    for (String part : path.split("/", -1)) {
      node = node instanceof Group inner ? inner.getChild(part) : null;
    }
    return node;
  }

  private static INDArray array(Dataset dataset, LayerConfig layer) {
    if (dataset.getSize() > MOST_NUMBERS) {
      throw layer.refused("its array '" + dataset.getName() + "' is too large for a digit network");
    }
    long[] shape = Arrays.stream(dataset.getDimensions()).asLongStream().toArray();
    Object flat = dataset.getDataFlat();
    INDArray values;
    if (flat instanceof float[] floats) {
      values = Nd4j.createFromArray(floats);
    } else if (flat instanceof double[] doubles) {
      values = Nd4j.createFromArray(doubles).castTo(DataType.FLOAT);
    } else {
      throw layer.refused("its array '" + dataset.getName() + "' is not of float32 or float64");
    }
    return values.reshape('c', shape);
  }

  @Override
  public void close() {
    file.close();
  }
}
