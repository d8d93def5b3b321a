// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import onnx.Onnx;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.FoldedNetwork;
import org.digitrecognizer.model.StoredNetwork;

/**
 * Writes a network as ONNX, opset 13. Its input {@code pixels} is {@code [batch, 28, 28, 1]},
 * float, 0 = paper, 1 = ink; its output {@code probabilities} is {@code [batch, 10]}, those of the
 * digits.
 *
 * <p>The probabilities are the network's own. The calibration is not part of the graph: its
 * temperature T stands in the metadata, and to calibrate, each probability is raised to the power
 * of 1/T and the ten divided by their sum.
 */
public final class OnnxFile {

  /** The graph's input. */
  static final String INPUT = DigitSession.INPUT;

  /** The metadata property that holds the calibration's temperature, a decimal number above 0. */
  public static final String TEMPERATURE = "calibration.temperature";

  private static final int OPSET = 13;

  /** The oldest that knows the opset. */
  private static final int IR_VERSION = 7;

  /** The shape without axes. */
  private static final Onnx.TensorShapeProto NUMBER = Onnx.TensorShapeProto.getDefaultInstance();

  private OnnxFile() {}

  /**
   * Writes a network, batch normalisation folded into the layers before it.
   *
   * @param network a digit network
   * @param calibration goes into the metadata
   * @param out is not closed
   * @throws org.digitrecognizer.failure.UserException if a layer has no counterpart in ONNX
   */
  public static void write(StoredNetwork network, Calibration calibration, OutputStream out)
      throws IOException {
    write(network, calibration, Precision.FLOAT, out);
  }

  private static void write(
      StoredNetwork network, Calibration calibration, Precision precision, OutputStream out)
      throws IOException {
    OnnxGraph graph = new OnnxGraph();
    OnnxLayers layers = new OnnxLayers(graph, precision);
    layers.addAll(FoldedNetwork.of(network), INPUT);
    Onnx.GraphProto.Builder proto =
        graph
            .build()
            .setName("digits")
            .addInput(value(INPUT, DigitImage.HEIGHT, DigitImage.WIDTH, 1));
    layers.outputs().forEach((name, size) -> proto.addOutput(value(name, size)));
    precision.outputs().forEach(name -> proto.addOutput(typed(name, NUMBER)));
    Onnx.ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setProducerName("digit-recognizer")
        .setDocString(
            "Reads handwritten digits of 28x28 pixels, 0 = paper, 1 = ink. The probabilities are"
                + " not calibrated: see the property "
                + TEMPERATURE
                + ". one_digit, where there is one, is the probability that the image is one digit"
                + " at all; pairs, where there are some, are those of the pairs 00 to 99")
        .addMetadataProps(
            Onnx.StringStringEntryProto.newBuilder()
                .setKey(TEMPERATURE)
                .setValue(Double.toString(calibration.temperature())))
        .setGraph(proto)
        .build()
        .writeTo(out);
  }

  /**
   * Returns a network as ONNX, in floats, as {@link #write} writes it.
   *
   * @param network a digit network
   * @throws org.digitrecognizer.failure.UserException if a layer has no counterpart in ONNX
   */
  public static byte[] bytes(StoredNetwork network) {
    return bytes(network, Precision.FLOAT);
  }

  static byte[] bytes(StoredNetwork network, Precision precision) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(network, Calibration.none(), precision, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static Onnx.ValueInfoProto value(String name, long... sizes) {
    Onnx.TensorShapeProto.Builder shape = Onnx.TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(DigitSession.BATCH);
    for (long size : sizes) {
      shape.addDimBuilder().setDimValue(size);
    }
    return typed(name, shape.build());
  }

  private static Onnx.ValueInfoProto typed(String name, Onnx.TensorShapeProto shape) {
    return Onnx.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            Onnx.TypeProto.newBuilder()
                .setTensorType(
                    Onnx.TypeProto.Tensor.newBuilder()
                        .setElemType(Onnx.TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }
}
