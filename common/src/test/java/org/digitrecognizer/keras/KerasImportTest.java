// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.inference.SessionOutput;
import org.digitrecognizer.model.FoldedNetwork;
import org.digitrecognizer.model.NetworkFile;
import org.digitrecognizer.model.StoredNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Sgd;

/** The oracle is Keras: what it said of the same images stands beside its files. */
class KerasImportTest {

  private static final int IMAGES = 3;
  private static final float CLOSE = 1e-5f;

  @TempDir private Path directory;

  static Stream<String> fixtures() {
    return Stream.concat(
        Stream.of("tf-functional"),
        Stream.of("k2", "k3")
            .flatMap(
                keras -> Stream.of("sequential", "functional", "flat").map(n -> keras + "-" + n)));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void saysWhatKerasSays(String fixture) throws IOException {
    KerasImport.Imported imported = read(fixture);
    assertThat(Networks.output(imported.network(), images()))
        .containsExactly(predictions(fixture), within(CLOSE));
    assertThat(imported.kerasVersion()).startsWith(fixture.startsWith("k3") ? "3." : "2.");
  }

  /** Through network.zip, and read with as scores are. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void isReadWithAsAnyModel(String fixture) throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    NetworkFile.write(read(fixture).network(), zip);
    StoredNetwork opened =
        NetworkFile.read(new ByteArrayInputStream(zip.toByteArray()), "network.zip");
    assertThat(SessionOutput.of(opened, images().data().asFloat()))
        .containsExactly(predictions(fixture), within(CLOSE));
  }

  /** Deeplearning4j gives the output of such a layer column by column. */
  @Test
  void aLastLayerWithoutBiasIsReadRowByRow() {
    MultiLayerNetwork network = Networks.pooled();
    assertThat(SessionOutput.of(StoredNetwork.of(network), images().data().asFloat()))
        .containsExactly(Networks.output(network, images()), within(CLOSE));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void comesBackAfterBeingWritten(String fixture) throws IOException {
    KerasImport.Imported imported = read(fixture);
    byte[] file = written(imported.network(), 1);
    KerasImport.Imported again = KerasImport.read(new ByteArrayInputStream(file), "again.h5");
    StoredNetwork folded = FoldedNetwork.of(StoredNetwork.of(imported.network()));
    assertThat(StoredNetwork.of(again.network()).parameters()).isEqualTo(folded.parameters());
    assertThat(Networks.output(again.network(), images()))
        .containsExactly(predictions(fixture), within(CLOSE));
  }

  @Test
  void theUsualNetworkComesBackAsItWasTrained() throws IOException {
    MultiLayerNetwork network = Networks.usual();
    KerasImport.Imported imported =
        KerasImport.read(new ByteArrayInputStream(written(network, 0.25)), "model.h5");
    assertThat(imported.network().params()).isEqualTo(network.params());
    assertThat(imported.learningRate()).isEqualTo(0.25);
    assertThat(((BaseLayer) imported.network().getLayer(0).conf().getLayer()).getIUpdater())
        .isEqualTo(new AdaDelta(0.95, 1e-6));
  }

  @Test
  void anotherOptimizerIsNotTakenForAdadelta() throws IOException {
    assertThat(updater(read("k3-flat").network())).isInstanceOf(Sgd.class);
    assertThat(read("k3-flat").learningRate()).isNull();
    assertThat(read("k2-flat").learningRate()).isEqualTo(1);
    assertThat(updater(read("k2-flat").network())).isEqualTo(new AdaDelta(0.9, 1e-6));
    assertThat(updater(read("tf-functional").network())).isEqualTo(new AdaDelta(0.9, 1e-6));
  }

  private static Object updater(MultiLayerNetwork network) {
    return ((BaseLayer) network.getLayer(0).conf().getLayer()).getIUpdater();
  }

  @Test
  void whatIsNoHdf5IsNamed() {
    refused(
        "PK\u0003\u0004 and so on",
        "model.h5 is a zip, as Keras 3 writes with the ending .keras; save the model as HDF5:"
            + " model.save('model.h5')");
    refused(
        "text",
        "model.h5 is no HDF5 file; expected a whole model that Keras saved:"
            + " model.save('model.h5')");
  }

  private static void refused(String content, String message) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> KerasImport.read(new ByteArrayInputStream(bytes), "model.h5"))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  /** Cut off anywhere, or with bytes overwritten, a file is a message and never another error. */
  @ParameterizedTest
  @ValueSource(ints = {9, 100, 1000, 5000, 20_000, 30_000})
  void aDamagedFileIsNamed(int length) throws IOException {
    byte[] bytes = bytes("k3-functional.h5");
    byte[] cut = Arrays.copyOf(bytes, length);
    assertThatThrownBy(() -> KerasImport.read(new ByteArrayInputStream(cut), "model.h5"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("model.h5 ");
    byte[] overwritten = bytes.clone();
    Arrays.fill(overwritten, length, Math.min(bytes.length, length + 200), (byte) 0xff);
    try {
      KerasImport.read(new ByteArrayInputStream(overwritten), "model.h5");
    } catch (UserException e) {
      assertThat(e).hasMessageStartingWith("model.h5 ");
    }
  }

  @Test
  void weightsWithoutAModelAreNamed() throws IOException {
    assertThat(refusal(null))
        .isEqualTo(
            "it holds no model_config, so weights only; save the whole model, as"
                + " model.save('model.h5') does");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LSTM | 'units':4 | layers of this kind are not supported; expected Conv2D, Dense,"
            + " MaxPooling2D, AveragePooling2D, GlobalMaxPooling2D, GlobalAveragePooling2D,"
            + " BatchNormalization, Dropout, Flatten, Reshape, Activation, Softmax, ReLU,"
            + " LeakyReLU or ELU",
        "Activation | 'activation':'gelu' | its activation \"gelu\" is not supported",
        "Activation | 'activation':'softmax' | its input is [28, 28, 1], expected one row; add a"
            + " Flatten before it",
        "Activation | 'activation':{'class_name':'X'} | its activation {\"class_name\":\"X\"} is"
            + " not supported",
        "ReLU | 'max_value':4 | expected max_value none or 6, and no negative_slope with it, and no"
            + " threshold",
        "Softmax | 'axis':1 | axis is 1, expected the last",
        "Dense | 'units':10 | its input is [28, 28, 1], expected one row; add a Flatten before it",
        "MaxPooling2D | 'data_format':'channels_first' | data_format is \"channels_first\","
            + " expected channels_last",
        "MaxPooling2D | 'padding':'causal' | padding is \"causal\", expected valid or same",
        "MaxPooling2D | 'pool_size':[2] | pool_size is [2], expected two numbers",
        "MaxPooling2D | 'pool_size':[0,2] | pool_size is 0, expected a whole number above 0",
        "MaxPooling2D | 'pool_size':30 | its window is larger than its input, which is [28,"
            + " 28, 1]",
        "GlobalMaxPooling2D | 'keepdims':true | keepdims is true, expected false",
        "Conv2D | 'groups':2 | groups is 2, expected 1",
        "Conv2D | 'filters':0 | filters is 0, expected a whole number above 0",
        "Conv2D | 'filters':4 | the file holds no weights of it",
        "BatchNormalization | 'axis':1 | axis is 1, expected the last",
        "Dropout | 'rate':1 | rate is 1.0, expected 0 to less than 1",
        "Reshape | 'target_shape':[3,-1] | it makes [3,-1] of [28, 28, 1]",
        "Flatten | 'x':1 | the model's output is [784], expected [10]: a probability a digit"
      })
  void aLayerThatCannotBeConvertedIsNamedWithTheReason(String kind, String config, String why)
      throws IOException {
    assertThat(refusal(sequential(layer(kind, config))))
        .isEqualTo("layer 'x' (" + kind + "): " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[null,32,32,3] | layer 'in' (InputLayer): its input is [32, 32, 3], expected images of"
            + " digits: [28, 28, 1], [28, 28] or [784]",
        "[null,28,28] | layer 'x' (MaxPooling2D): its input was reshaped to [28, 28], expected"
            + " rows, columns and channels as they were, or all of them in one row"
      })
  void anInputThatIsNoDigitIsNamed(String shape, String why) throws IOException {
    String model = sequential(layer("MaxPooling2D", "'pool_size':2"));
    assertThat(refusal(model.replace("[null,28,28,1]", shape))).isEqualTo(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in/x in/y x,y/z | layer 'y' (Add): it is the second one after layer 'in'; expected a"
            + " chain",
        "in/x x/y x,y/z | layer 'z' (Add): it has several inputs or is used more than once;"
            + " expected a chain",
        "in/x /y x/z | layer 'y' (Add): the model has another input, 'in'; expected one",
        "in/x x/y | its layers are no chain from one input to one output",
        "in/x y/z | its layers are no chain from one input to one output"
      })
  void whatIsNoChainIsNamed(String edges, String why) throws IOException {
    for (boolean keras3 : new boolean[] {false, true}) {
      assertThat(refusal(functional(edges, keras3))).isEqualTo(why);
    }
  }

  @Test
  void otherKindsOfModelsAreNamed() throws IOException {
    assertThat(refusal("{\"class_name\":\"MyModel\",\"config\":{\"layers\":[{}]}}"))
        .isEqualTo("it is a MyModel, expected a Sequential or Functional model");
    assertThat(refusal("{\"class_name\":\"Sequential\",\"config\":{}}"))
        .isEqualTo("its model_config lists no layers");
    assertThat(refusal("nonsense")).isEqualTo("its model_config is no JSON");
  }

  private static String layer(String kind, String config) {
    return "{'class_name':'" + kind + "','config':{'name':'x'," + config + "}}";
  }

  private static String sequential(String layer) {
    String input =
        "{'class_name':'InputLayer','config':{'name':'in','batch_shape':[null,28,28,1]}}";
    return ("{'class_name':'Sequential','config':{'layers':[" + input + "," + layer + "]}}")
        .replace('\'', '"');
  }

  /**
   * @param edges such as {@code a,b/c}: c comes after a and b; the output is z
   */
  private static String functional(String edges, boolean keras3) {
    List<String> layers = new ArrayList<>();
    layers.add("{'class_name':'InputLayer','config':{'name':'in'},'inbound_nodes':[]}");
    for (String edge : edges.split(" ", -1)) {
      String[] ends = edge.split("/", -1);
      String inputs =
          Stream.of(ends[0].split(",", -1))
              .filter(name -> !name.isEmpty())
              .map(
                  name ->
                      keras3 ? "{'keras_history':['" + name + "',0,0]}" : "['" + name + "',0,0,{}]")
              .reduce((a, b) -> a + "," + b)
              .map(all -> keras3 ? "{'args':[" + all + "]}" : "[" + all + "]")
              .orElse("");
      layers.add(
          "{'class_name':'Add','config':{'name':'"
              + ends[1]
              + "'},'inbound_nodes':["
              + inputs
              + "]}");
    }
    return ("{'class_name':'Functional','config':{'layers':["
            + String.join(",", layers)
            + "],'output_layers':[['z',0,0]]}}")
        .replace('\'', '"');
  }

  /** Returns why a file with this model_config is refused, without the name of the file. */
  private String refusal(String model) throws IOException {
    Path file = directory.resolve("model.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      if (model != null) {
        hdf.putAttribute("model_config", model);
      }
      hdf.putAttribute("keras_version", "3.0.0");
      hdf.putGroup("model_weights");
    }
    try (InputStream in = Files.newInputStream(file)) {
      KerasImport.read(in, "model.h5");
    } catch (UserException e) {
      String start = "model.h5 cannot become a model: ";
      assertThat(e).hasMessageStartingWith(start);
      return e.getMessage().substring(start.length());
    }
    return "";
  }

  private static byte[] written(MultiLayerNetwork network, double learningRate) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    KerasFile.write(network, learningRate, out);
    return out.toByteArray();
  }

  private static KerasImport.Imported read(String fixture) throws IOException {
    return KerasImport.read(new ByteArrayInputStream(bytes(fixture + ".h5")), fixture + ".h5");
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = KerasImportTest.class.getResourceAsStream("fixtures/" + name)) {
      return in.readAllBytes();
    }
  }

  private static float[] predictions(String fixture) throws IOException {
    JsonNode all = new ObjectMapper().readTree(bytes("predictions.json"));
    List<Float> values = new ArrayList<>();
    for (JsonNode row : all.get(fixture.substring(3))) {
      row.forEach(value -> values.add(value.floatValue()));
    }
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  /** The same as in make_fixtures.py. */
  private static INDArray images() {
    float[] pixels = new float[IMAGES * 28 * 28];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 7919 % 1000) / 1000f;
    }
    return Nd4j.createFromArray(pixels).reshape(IMAGES, 28, 28, 1);
  }
}
