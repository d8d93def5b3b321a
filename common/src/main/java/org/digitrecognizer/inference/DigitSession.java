// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.failure.UserException;

/**
 * A network in ONNX Runtime, for the readers of a JVM to share: its parameters, some 1 to 5 MB
 * outside the heap, are there once. A call computes in the thread that makes it and in no other, so
 * that as many tasks as cores do not get into each other's way, and sums are always added up in one
 * order.
 */
public final class DigitSession implements AutoCloseable {

  /** The graph's input, {@code [batch, 28, 28, 1]}, float, 0 = paper, 1 = ink. */
  public static final String INPUT = "pixels";

  /** The graph's output, {@code [batch, 10]}, the probabilities of the digits. */
  public static final String OUTPUT = "probabilities";

  /**
   * The graph's second output, where it has one, {@code [batch, 1]}: the probability that the image
   * is one digit at all.
   */
  public static final String ONE_DIGIT = "one_digit";

  /**
   * The graph's third output, where it has one, {@code [batch, 100]}: the probabilities that the
   * image is two digits side by side, from 00 to 99.
   */
  public static final String PAIRS = "pairs";

  /** The size of the batch, which has a name in the graph. */
  public static final String BATCH = "batch";

  private final OrtEnvironment environment;
  private final OrtSession session;

  /**
   * @param onnx a graph of ours, with {@link #INPUT} and {@link #OUTPUT}, perhaps {@link
   *     #ONE_DIGIT} and {@link #PAIRS}
   * @throws UserException if ONNX Runtime does not run here, or the layers do not fit together
   */
  public DigitSession(byte[] onnx) {
    RuntimeLibrary.require();
    // What fails is an exception with the same words, and stderr is for one line only.
    environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "digits");
    try (SessionOptions options = new SessionOptions()) {
      environment.setTelemetry(false);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setSymbolicDimensionValue(BATCH, DigitReader.BATCH_SIZE);
      session = environment.createSession(onnx, options);
    } catch (OrtException e) {
      throw refused(e);
    }
  }

  OrtEnvironment environment() {
    return environment;
  }

  /** Returns whether the graph says if an image is one digit. */
  boolean tellsOneDigit() {
    return session.getOutputNames().contains(ONE_DIGIT);
  }

  /** Returns whether the graph reads two digits side by side. */
  boolean readsPairs() {
    return session.getOutputNames().contains(PAIRS);
  }

  /** Computes the outputs of an input, for a batch of the size that all have. */
  void run(OnnxTensor input, Map<String, OnnxTensor> outputs) {
    try {
      session.run(Map.of(INPUT, input), outputs).close();
    } catch (OrtException e) {
      throw refused(e);
    }
  }

  /**
   * Computes all outputs of a batch, whichever the graph has.
   *
   * @param images {@link DigitReader#BATCH_SIZE} of them
   * @return the numbers of each output, in C order, by its name; {@code [batch, 10]} of {@link
   *     #OUTPUT}
   * @throws IllegalArgumentException if there are more or fewer images
   * @throws UserException if ONNX Runtime does not compute it
   */
  public Map<String, float[]> compute(List<DigitImage> images) {
    if (images.size() != DigitReader.BATCH_SIZE) {
      throw new IllegalArgumentException(
          "A batch has " + DigitReader.BATCH_SIZE + " images, not " + images.size());
    }
    float[] pixels = new float[DigitReader.BATCH_SIZE * DigitImage.SIZE];
    for (int i = 0; i < images.size(); i++) {
      images.get(i).copyTo(pixels, i * DigitImage.SIZE);
    }
    long[] shape = {DigitReader.BATCH_SIZE, DigitImage.HEIGHT, DigitImage.WIDTH, 1};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), shape);
        OrtSession.Result result = session.run(Map.of(INPUT, input))) {
      Map<String, float[]> outputs = new HashMap<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        FloatBuffer numbers = ((OnnxTensor) output.getValue()).getFloatBuffer();
        float[] floats = new float[numbers.remaining()];
        numbers.get(floats);
        outputs.put(output.getKey(), floats);
      }
      return outputs;
    } catch (OrtException e) {
      throw refused(e);
    }
  }

  static UserException refused(OrtException e) {
    return new UserException(
        "ONNX Runtime cannot compute the network: "
            + e.getMessage().lines().findFirst().orElse("no reason given")
            + "; train or import the model again",
        e);
  }

  /** Frees what is outside the heap; no reader of it may be used afterwards. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("A session that is not closed twice can be closed", e);
    }
  }
}
