// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Map;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/** A graph that grows node by node; each node has one output, named after its operator. */
final class OnnxGraph {

  private final Onnx.GraphProto.Builder graph = Onnx.GraphProto.newBuilder();

  /**
   * Adds a node.
   *
   * @param attributes {@code Long}, {@code Float}, {@code String} or {@code long[]}, by name
   * @return the name of its output
   */
  String add(String operator, Map<String, ?> attributes, String... inputs) {
    String output = operator.toLowerCase(Locale.ROOT) + "_" + graph.getNodeCount();
    Onnx.NodeProto.Builder node =
        Onnx.NodeProto.newBuilder().setOpType(operator).setName(output).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    attributes.forEach((name, value) -> node.addAttribute(attribute(name, value)));
    graph.addNode(node);
    return output;
  }

  private static Onnx.AttributeProto attribute(String name, Object value) {
    Onnx.AttributeProto.Builder attribute = Onnx.AttributeProto.newBuilder().setName(name);
    if (value instanceof Long number) {
      attribute.setType(Onnx.AttributeProto.AttributeType.INT).setI(number);
    } else if (value instanceof Float number) {
      attribute.setType(Onnx.AttributeProto.AttributeType.FLOAT).setF(number);
    } else if (value instanceof String text) {
      attribute
          .setType(Onnx.AttributeProto.AttributeType.STRING)
          .setS(ByteString.copyFromUtf8(text));
    } else if (value instanceof long[] numbers) {
      attribute.setType(Onnx.AttributeProto.AttributeType.INTS);
      for (long number : numbers) {
        attribute.addInts(number);
      }
    } else {
      throw new IllegalArgumentException(name + " = " + value);
    }
    return attribute.build();
  }

  /** Adds constant numbers in C order, and returns their name. */
  String constant(String name, FloatBuffer values, long... shape) {
    String unique = name + "_" + graph.getInitializerCount();
    ByteBuffer bytes =
        ByteBuffer.allocate(values.remaining() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values.duplicate());
    Onnx.TensorProto.Builder tensor =
        Onnx.TensorProto.newBuilder()
            .setName(unique)
            .setDataType(Onnx.TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(bytes));
    for (long size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
    return unique;
  }

  /** Adds constant whole numbers in one row, and returns their name. */
  String indices(long... values) {
    String unique = "indices_" + graph.getInitializerCount();
    Onnx.TensorProto.Builder tensor =
        Onnx.TensorProto.newBuilder()
            .setName(unique)
            .setDataType(Onnx.TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return unique;
  }

  /** Gives a value another name, by which who computes the graph knows it. */
  void name(String value, String name) {
    add("Identity", Map.of(), value);
    graph.getNodeBuilder(graph.getNodeCount() - 1).setOutput(0, name);
  }

  /** Returns all of it. */
  Onnx.GraphProto.Builder build() {
    return graph;
  }
}
