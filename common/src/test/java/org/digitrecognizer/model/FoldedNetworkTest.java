// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.keras.Networks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The oracle is Deeplearning4j with all of the layers. */
class FoldedNetworkTest {

  private static final INDArray IMAGES = Networks.images(9);

  @Test
  void aFoldedNetworkSaysTheSameWithoutNormalisation() {
    MultiLayerNetwork network = Networks.scans();
    StoredNetwork folded = FoldedNetwork.of(StoredNetwork.of(network));

    assertThat(layers(folded)).hasSize(9).noneMatch(BatchNormalization.class::isInstance);
    assertThat(Networks.output(folded.network(), IMAGES))
        .containsExactly(Networks.output(network, IMAGES), within(1e-5f));
  }

  @Test
  void whatIsNotFoldedStays() {
    MultiLayerNetwork various = Networks.various();
    StoredNetwork folded = FoldedNetwork.of(StoredNetwork.of(various));

    assertThat(Networks.output(folded.network(), IMAGES))
        .containsExactly(Networks.output(various, IMAGES), within(1e-5f));
  }

  @Test
  void theDigitsAloneAreWhatIsLeftOfAllGivenThatItIsOne() {
    MultiLayerNetwork network = Networks.scans();
    StoredNetwork digits = FoldedNetwork.digitsOnly(StoredNetwork.of(network));

    assertThat(Networks.output(digits.network(), IMAGES))
        .containsExactly(
            Networks.digitsOnly(Networks.output(network, IMAGES), DigitNetwork.OUTPUTS),
            within(1e-5f));
    assertThat(DigitNetwork.tellsOneDigit(digits)).isFalse();
    MultiLayerNetwork usual = Networks.usual();
    assertThat(FoldedNetwork.digitsOnly(StoredNetwork.of(usual)).parameters())
        .isEqualTo(StoredNetwork.of(usual).parameters());
  }

  private static List<Layer> layers(StoredNetwork network) {
    return network.configuration().getConfs().stream()
        .map(NeuralNetConfiguration::getLayer)
        .toList();
  }
}
