// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.training.FastLayers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is not as training wrote it is refused before ND4J's native code sees any of it. */
class NetworkFileTest {

  private static final String PARAMETERS = "coefficients.bin";
  private static final String UPDATER_STATE = "updaterState.bin";
  private static final String EXPECTED = "; expected a network.zip as 'digits train' writes it";

  private static final MultiLayerNetwork NETWORK = network();

  @Test
  void comesBackWithTheSameNumbers() throws IOException {
    StoredNetwork stored = read(entries());
    assertThat(stored.parameters()).containsExactly(NETWORK.params().dup().data().asFloat());
    assertThat(stored.network().params()).isEqualTo(NETWORK.params());
    assertThat(stored.network().getUpdater().getStateViewArray())
        .isEqualTo(NETWORK.getUpdater().getStateViewArray());
  }

  /** ND4J's own reader ends the JVM at some of these. */
  @ParameterizedTest
  @ValueSource(strings = {PARAMETERS, UPDATER_STATE})
  void aChangedBitOfAHeaderIsRefusedOrChangesNothing(String entry) throws Exception {
    byte[] good = entries().get(entry);
    float[] numbers = ArrayFile.read(good);
    int header = good.length - numbers.length * Float.BYTES;
    assertThat(header).isGreaterThan(100);
    int refused = 0;
    for (int bit = 0; bit < header * Byte.SIZE; bit++) {
      byte[] changed = good.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      refused += isRefused(changed, numbers, "bit " + bit) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(header * Byte.SIZE / 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {PARAMETERS, UPDATER_STATE})
  void whatIsCutShortOrLongerIsRefused(String entry) throws IOException {
    byte[] good = entries().get(entry);
    for (int length = 0; length < 130; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> ArrayFile.read(cut))
          .isInstanceOf(ArrayFile.MalformedException.class);
    }
    for (int length : new int[] {good.length - 1, good.length - 4, good.length + 4}) {
      byte[] other = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> ArrayFile.read(other))
          .isInstanceOf(ArrayFile.MalformedException.class);
    }
  }

  @Test
  void readsWhatNd4jWritesOfARowOfTwoDimensions() throws Exception {
    INDArray row = Nd4j.createFromArray(1f, -2f, 3.5f).reshape(1, 3);
    assertThat(ArrayFile.read(array(row))).containsExactly(1f, -2f, 3.5f);
  }

  @Test
  void aDamagedHeaderIsOneLineThatNamesTheFile() throws IOException {
    Map<String, byte[]> entries = entries();
    // The number of numbers in the shape.
    entries.get(PARAMETERS)[0x2d] ^= 1;
    assertThatThrownBy(() -> read(entries))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("file:/m/network.zip is no digit network: coefficients.bin is")
        .hasMessageContaining("damaged (it is of ")
        .hasMessageEndingWith(EXPECTED)
        .hasMessageNotContaining("\n");
  }

  @Test
  void numbersThatTheLayersHaveNoPlaceForAreRefused() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put(PARAMETERS, array(Nd4j.zeros(17)));
    assertThatThrownBy(() -> read(entries))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "file:/m/network.zip is no digit network: coefficients.bin holds 17 numbers, its layers"
                + " have %,d"
                + EXPECTED,
            NETWORK.numParams());
  }

  @Test
  void anUpdaterStateThatDoesNotFitIsRefusedWhereItIsNeeded() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put(UPDATER_STATE, array(Nd4j.zeros(17)));
    StoredNetwork stored = read(entries);
    assertThatThrownBy(stored::network)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "file:/m/network.zip is no digit network: its updater state holds 17 numbers, its"
                + " layers need %,d"
                + EXPECTED,
            2 * NETWORK.numParams());
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "{}", "[]", "{\"confs\":[{}]}", ""})
  void aConfigurationThatIsNoneIsRefused(String json) throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put("configuration.json", json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThatThrownBy(() -> read(entries))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("file:/m/network.zip is no digit network: ");
  }

  @Test
  void aZipThatIsCutShortIsRefused() throws IOException {
    byte[] zip = zip(entries());
    for (int length : new int[] {0, 10, 500, zip.length / 2}) {
      byte[] cut = Arrays.copyOf(zip, length);
      assertThatThrownBy(() -> NetworkFile.read(new ByteArrayInputStream(cut), "cut.zip"))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("cut.zip is no digit network: it ");
    }
  }

  @Test
  void fastLayersAreNotWritten() {
    assertThatThrownBy(
            () -> NetworkFile.write(FastLayers.speedUp(NETWORK), new ByteArrayOutputStream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not kept in a network.zip");
  }

  private static boolean isRefused(byte[] changed, float[] numbers, String what) {
    try {
      assertThat(ArrayFile.read(changed)).as(what).containsExactly(numbers);
      return false;
    } catch (ArrayFile.MalformedException e) {
      assertThat(e).as(what).message().isNotBlank().doesNotContain("\n");
      return true;
    }
  }

  private static StoredNetwork read(Map<String, byte[]> entries) throws IOException {
    return NetworkFile.read(new ByteArrayInputStream(zip(entries)), "file:/m/network.zip");
  }

  private static Map<String, byte[]> entries() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    NetworkFile.write(NETWORK, zip);
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.toByteArray()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] array(INDArray array) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Nd4j.write(array, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static MultiLayerNetwork network() {
    DigitNetwork.Options keras = DigitNetwork.Options.keras(7);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            DigitNetwork.configuration(
                new DigitNetwork.Options(
                    keras.seed(),
                    keras.rho(),
                    keras.epsilon(),
                    keras.convolutionDropout(),
                    keras.denseDropout(),
                    new DigitNetwork.Layers(2, 3, 3, 2, 5))));
    network.init();
    INDArray state = network.getUpdater().getStateViewArray();
    state.assign(Nd4j.rand(state.shape()));
    return network;
  }
}
