// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.model.StoredNetwork;
import org.digitrecognizer.onnx.OnnxFile;

/** What a network says of pixels that are no digit image's: between its 256 shades. */
public final class SessionOutput {

  private SessionOutput() {}

  /**
   * @param pixels {@code [images, 28, 28]}, of no more images than a batch has
   * @return {@code [images, 10]}
   */
  public static float[] of(StoredNetwork network, float[] pixels) {
    int images = pixels.length / DigitImage.SIZE;
    FloatBuffer in = direct(DigitReader.BATCH_SIZE * DigitImage.SIZE);
    FloatBuffer out = direct(DigitReader.BATCH_SIZE * DigitImage.CLASSES);
    in.put(0, pixels);
    try (DigitSession session = new DigitSession(OnnxFile.bytes(network));
        OnnxTensor input = tensor(session, in, DigitImage.HEIGHT, DigitImage.WIDTH, 1);
        OnnxTensor output = tensor(session, out, DigitImage.CLASSES)) {
      session.run(input, Map.of(DigitSession.OUTPUT, output));
    }
    float[] all = new float[out.capacity()];
    out.get(0, all);
    return Arrays.copyOf(all, images * DigitImage.CLASSES);
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private static OnnxTensor tensor(DigitSession session, FloatBuffer buffer, long... sizes) {
    long[] shape = new long[sizes.length + 1];
    shape[0] = DigitReader.BATCH_SIZE;
    System.arraycopy(sizes, 0, shape, 1, sizes.length);
    try {
      return OnnxTensor.createTensor(session.environment(), buffer, shape);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
