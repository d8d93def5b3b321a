// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.scan.MnistDigits;
import org.digitrecognizer.training.augment.Example;
import org.junit.jupiter.api.Test;

class RecipeTest {

  private static final Recipe KERAS = Recipe.keras(DigitNetwork.Options.keras(1));
  private static final Recipe SCANS = Recipe.scans(1, 0.95, 1e-6, 0.3, 20);
  private static final List<LabelledDigit> DIGITS = digits();

  private static List<LabelledDigit> digits() {
    byte[][] images = MnistDigits.images("t10k");
    byte[] labels = MnistDigits.labels("t10k");
    List<LabelledDigit> digits = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      digits.add(new LabelledDigit(DigitImage.of(images[i]), labels[i]));
    }
    return digits;
  }

  @Test
  void kerasTrainsOnTheDigitsAsTheyAreAtOneRate() {
    List<Example> examples = KERAS.examples(DIGITS, 5);
    assertThat(examples.stream().map(Example::image))
        .containsExactlyElementsOf(DIGITS.stream().map(LabelledDigit::image).toList());
    assertThat(KERAS.hardened(DIGITS, 5)).isEqualTo(DIGITS);
    assertThat(KERAS.learningRateFactor(1)).isEqualTo(1);
    assertThat(KERAS.learningRateFactor(50)).isEqualTo(1);
  }

  @Test
  void scansTrainsOnOtherImagesOfTheSameDigitsAndOnSomeThatAreNone() {
    List<Example> examples = SCANS.examples(DIGITS, 5);
    assertThat(examples).isEqualTo(SCANS.examples(DIGITS, 5));
    assertThat(examples).isNotEqualTo(SCANS.examples(DIGITS, 6));
    assertThat(examples).hasSize(SCANS.count(DIGITS.size()));
    for (int i = 0; i < DIGITS.size(); i++) {
      assertThat(examples.get(i).label()).isEqualTo(DIGITS.get(i).label());
    }
    assertThat(examples.subList(DIGITS.size(), examples.size()))
        .isNotEmpty()
        .noneMatch(Example::isDigit)
        .anyMatch(example -> example.label() > DigitNetwork.NEITHER)
        .anyMatch(example -> example.label() == DigitNetwork.NEITHER);
    assertThat(SCANS.hardened(DIGITS, 5))
        .extracting(LabelledDigit::label)
        .containsExactlyElementsOf(DIGITS.stream().map(LabelledDigit::label).toList());
  }

  @Test
  void halfOfWhatANetworkLearnsOnWithStaysAsItIs() {
    List<LabelledDigit> many = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      many.addAll(DIGITS);
    }
    ExampleMaker adapting = ExampleMaker.adapting(DigitNetwork.OUTPUTS);
    List<Example> examples = adapting.examples(many, 5);
    assertThat(examples)
        .isEqualTo(adapting.examples(many, 5))
        .hasSize(SCANS.examples(many, 5).size());
    int same = 0;
    for (int i = 0; i < many.size(); i++) {
      assertThat(examples.get(i).label()).isEqualTo(many.get(i).label());
      same += examples.get(i).image().equals(many.get(i).image()) ? 1 : 0;
    }
    // Of the other half the augmentation leaves a tenth as they are.
    assertThat((double) same / many.size()).isBetween(0.45, 0.65);
  }

  @Test
  void aNetworkWithFewerOutputsLearnsOnTheSameImages() {
    List<Example> all = SCANS.examples(DIGITS, 5);
    List<Example> oneOther = ExampleMaker.scans(DigitNetwork.NEITHER + 1).examples(DIGITS, 5);
    assertThat(oneOther.stream().map(Example::image))
        .containsExactlyElementsOf(all.stream().map(Example::image).toList());
    for (int i = 0; i < all.size(); i++) {
      assertThat(oneOther.get(i).label())
          .isEqualTo(Math.min(all.get(i).label(), DigitNetwork.NEITHER));
    }
    assertThat(ExampleMaker.scans(10).examples(DIGITS, 5)).isEqualTo(all.subList(0, DIGITS.size()));
  }

  @Test
  void itsLearningRateFallsToNearlyNothing() {
    assertThat(SCANS.learningRateFactor(1)).isEqualTo(1);
    for (int epoch = 2; epoch <= 20; epoch++) {
      assertThat(SCANS.learningRateFactor(epoch)).isLessThan(SCANS.learningRateFactor(epoch - 1));
    }
    assertThat(SCANS.learningRateFactor(20)).isCloseTo(0, within(0.01));
  }

  @Test
  void confidenceInScansIsDoubtedMoreThanConfidenceInMnist() {
    assertThat(KERAS.doubt()).isEqualTo(1);
    assertThat(SCANS.doubt()).isGreaterThan(1);
  }

  @Test
  void itsNetworkHasOutputsForPairsAndForWhatIsNeither() {
    MultiLayerNetwork network = new MultiLayerNetwork(SCANS.configuration());
    network.init();
    assertThat(SCANS.outputs()).isEqualTo(111);
    assertThat(network.getLayer(network.getnLayers() - 1).getParam("b").length()).isEqualTo(111);
    assertThat(KERAS.outputs()).isEqualTo(10);
  }
}
