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
    ByteBuffer bytes = littleEndian(values.remaining() * Float.BYTES);
    bytes.asFloatBuffer().put(values.duplicate());
    return constant(name, Onnx.TensorProto.DataType.FLOAT_VALUE, bytes, shape);
  }

  /** Adds constant whole numbers of 8 bits in C order, and returns their name. */
  String constant(String name, byte[] values, long... shape) {
    return constant(name, Onnx.TensorProto.DataType.INT8_VALUE, ByteBuffer.wrap(values), shape);
  }

  /** Adds constant whole numbers of 32 bits in C order, and returns their name. */
  String constant(String name, int[] values, long... shape) {
    ByteBuffer bytes = littleEndian(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return constant(name, Onnx.TensorProto.DataType.INT32_VALUE, bytes, shape);
  }

  /** Adds one constant whole number from 0 to 255, and returns its name. */
  String unsignedByte(String name, int value) {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {(byte) value});
    return constant(name, Onnx.TensorProto.DataType.UINT8_VALUE, bytes);
  }

  /** Adds constant whole numbers in one row, and returns their name. */
  String indices(long... values) {
    ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return constant("indices", Onnx.TensorProto.DataType.INT64_VALUE, bytes, values.length);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(String name, int type, ByteBuffer values, long... shape) {
    String unique = name + "_" + graph.getInitializerCount();
    Onnx.TensorProto.Builder tensor =
        Onnx.TensorProto.newBuilder()
            .setName(unique)
            .setDataType(type)
            .setRawData(ByteString.copyFrom(values));
    for (long size : shape) {
      tensor.addDims(size);
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
