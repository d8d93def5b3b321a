// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.scan.MnistDigits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentationTest {

  private static final List<LabelledDigit> DIGITS = digits(300);

  @Test
  void sameDigitsAndSeedMakeTheSameBits() {
    assertThat(Augmentation.minibatch(DIGITS, 7)).isEqualTo(Augmentation.minibatch(DIGITS, 7));
  }

  @Test
  void bitsAreTheSameOnEveryMachine() {
    CRC32 sum = new CRC32();
    for (Example example : Augmentation.minibatch(DIGITS, 7)) {
      sum.update(example.label());
      sum.update(example.image().pixels());
    }
    assertThat(sum.getValue())
        .as("another sum means that a training that is resumed ends in another network")
        .isEqualTo(1088041760L);
  }

  @Test
  void anotherSeedMakesOthers() {
    List<Example> some = Augmentation.minibatch(DIGITS, 7);
    List<Example> others = Augmentation.minibatch(DIGITS, 8);
    int same = 0;
    for (int i = 0; i < DIGITS.size(); i++) {
      same += some.get(i).equals(others.get(i)) ? 1 : 0;
    }
    assertThat(same).as("only untouched digits may be equal").isLessThan(30);
  }

  @Test
  void digitsKeepTheirOrderAndLabelsAndOthersFollow() {
    List<Example> examples = Augmentation.minibatch(DIGITS.subList(0, 129), 1);

    assertThat(examples).as("129 digits and one other for each 3, rounded up").hasSize(172);
    for (int i = 0; i < 129; i++) {
      assertThat(examples.get(i).label()).isEqualTo(DIGITS.get(i).label());
    }
    assertThat(examples.subList(129, 172)).noneMatch(Example::isDigit);
  }

  @Test
  void oneDigitIsEnough() {
    assertThat(Augmentation.minibatch(DIGITS.subList(0, 1), 3)).hasSize(2);
  }

  @Test
  void blankImagesStayAsTheyAre() {
    LabelledDigit blank = new LabelledDigit(DigitImage.of(new byte[DigitImage.SIZE]), 5);
    assertThat(Augmentation.minibatch(List.of(blank, blank), 3))
        .isEqualTo(List.of(new Example(blank.image(), 5), new Example(blank.image(), 5)));
    assertThat(Augmentation.minibatch(List.of(blank, DIGITS.get(0)), 3)).hasSize(3);
  }

  @Test
  void imagesOfAnyPixelsAreTaken() {
    SplittableRandom random = new SplittableRandom(1);
    List<LabelledDigit> noise = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] pixels = new byte[DigitImage.SIZE];
      random.nextBytes(pixels);
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] = random.nextInt(200) < i ? pixels[j] : 0;
      }
      noise.add(new LabelledDigit(DigitImage.of(pixels), i % 10));
    }
    for (int seed = 0; seed < 5; seed++) {
      assertThat(Augmentation.minibatch(noise, seed)).hasSize(267);
    }
  }

  @Test
  void everyImageHasTheFormOfMnist() {
    for (Example example : Augmentation.minibatch(DIGITS, 11)) {
      assertHasForm(example.image());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotOneDigitHasTheFormOfMnistToo(NotOneDigit kind) {
    Augmentation augmentation = new Augmentation(DIGITS);
    for (int seed = 0; seed < 50; seed++) {
      Chance chance = new Chance(new SplittableRandom(seed));
      assertHasForm(augmentation.notOneDigit(kind, chance).image());
    }
  }

  @Test
  void pairsAreLabelledFromLeftToRight() {
    LabelledDigit tall = new LabelledDigit(bar(20), 0);
    LabelledDigit low = new LabelledDigit(bar(8), 6);
    Augmentation augmentation = new Augmentation(List.of(tall, low));
    int right = 0;
    int mixed = 0;
    for (int seed = 0; seed < 200; seed++) {
      Chance chance = new Chance(new SplittableRandom(seed));
      Example pair = augmentation.notOneDigit(NotOneDigit.PAIR, chance);
      boolean tallFirst = pair.label() == DigitNetwork.pair(0, 6);
      if (tallFirst || pair.label() == DigitNetwork.pair(6, 0)) {
        mixed++;
        right += isTallerOnTheLeft(pair.image()) == tallFirst ? 1 : 0;
      }
    }
    assertThat(mixed).isGreaterThan(60);
    assertThat((double) right / mixed).as("the taller is where the label says").isGreaterThan(0.9);
  }

  private static DigitImage bar(int height) {
    byte[] pixels = new byte[DigitImage.SIZE];
    for (int y = 4; y < 4 + height; y++) {
      Arrays.fill(pixels, y * 28 + 10, y * 28 + 16, (byte) 255);
    }
    return DigitImage.of(pixels);
  }

  private static boolean isTallerOnTheLeft(DigitImage image) {
    int lower = 0;
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        lower += (y < 14 ? -1 : 1) * (x < 14 ? 1 : -1) * image.ink(y, x);
      }
    }
    return lower > 0;
  }

  @Test
  void otherKindsArePairsOfNothing() {
    Augmentation augmentation = new Augmentation(DIGITS);
    for (NotOneDigit kind : NotOneDigit.values()) {
      int label = augmentation.notOneDigit(kind, new Chance(new SplittableRandom(1))).label();
      assertThat(label > DigitNetwork.NEITHER).as("%s", kind).isEqualTo(kind == NotOneDigit.PAIR);
    }
  }

  @Test
  void everyKindOfWhatIsNotOneDigitOccurs() {
    Chance chance = new Chance(new SplittableRandom(5));
    List<NotOneDigit> kinds = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      kinds.add(NotOneDigit.any(chance));
    }
    assertThat(kinds).contains(NotOneDigit.values());
  }

  @Test
  void labelsAreChecked() {
    DigitImage image = DIGITS.get(0).image();
    assertThatThrownBy(() -> new Example(image, 111)).hasMessageContaining("not 111");
    assertThatThrownBy(() -> new Example(image, -1)).hasMessageContaining("not -1");
  }

  private static List<LabelledDigit> digits(int count) {
    byte[][] images = MnistDigits.images("t10k");
    byte[] labels = MnistDigits.labels("t10k");
    List<LabelledDigit> digits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      digits.add(new LabelledDigit(DigitImage.of(images[i]), labels[i]));
    }
    return digits;
  }

  /**
   * The ink fills a box of 20x20 pixels, or one of 26x20 where it is a piece, save for a soft edge;
   * its centre is in the middle.
   */
  private static void assertHasForm(DigitImage image) {
    int left = 28;
    int right = -1;
    int top = 28;
    int bottom = -1;
    double mass = 0;
    double massX = 0;
    double massY = 0;
    for (int i = 0; i < DigitImage.SIZE; i++) {
      int x = i % 28;
      int y = i / 28;
      int ink = image.ink(y, x);
      mass += ink;
      massX += ink * (double) x;
      massY += ink * (double) y;
      if (ink > 0) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = y;
      }
    }
    int width = right - left + 1;
    int height = bottom - top + 1;
    assertThat(height).as("height").isLessThanOrEqualTo(20);
    assertThat(width).as("width").isLessThanOrEqualTo(26);
    boolean filled = width <= 20 ? Math.max(width, height) >= 17 : width >= 23 || height >= 17;
    assertThat(filled).as("%d x %d fill a box", width, height).isTrue();
    boolean freeAcross = left > 0 && right < 27;
    boolean freeAlong = top > 0 && bottom < 27;
    if (freeAcross) {
      assertThat(massX / mass).as("centre of mass across").isCloseTo(14, within(0.55));
    }
    if (freeAlong) {
      assertThat(massY / mass).as("centre of mass down").isCloseTo(14, within(0.55));
    }
  }
}
