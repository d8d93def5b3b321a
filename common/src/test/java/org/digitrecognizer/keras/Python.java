// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A Python that reads HDF5 with the library that Keras reads it with. */
final class Python {

  private static final String PYTHON = "/usr/bin/python3";

  private Python() {}

  /** Ends the test as skipped where there is none. */
  static void require() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of(PYTHON))
            && new ProcessBuilder(PYTHON, "-c", "import h5py, numpy").start().waitFor() == 0,
        "Skipped: no h5py in " + PYTHON + " (apt-get install python3-h5py)");
  }

  /**
   * Lets NumPy predict with the arrays in a Keras file.
   *
   * @param layers receives Keras' names of the layers' classes
   * @return {@code [images, 10]}
   */
  static float[] predict(Path model, INDArray images, List<String> layers) throws Exception {
    Path pixels = model.resolveSibling("pixels");
    Path predictions = model.resolveSibling("predictions");
    Files.write(pixels, bytes(images.dup('c').data().asFloat()));
    Path script = Path.of(Python.class.getResource("forward.py").toURI());
    layers.addAll(List.of(run(script, model, pixels, predictions).strip().split(" ", -1)));
    return floats(Files.readAllBytes(predictions));
  }

  private static String run(Path... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  private static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
