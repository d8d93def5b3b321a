// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.specimen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.specimen.TopSpecimens.Ranking;
import org.junit.jupiter.api.Test;

class TopSpecimensTest {

  private static final DigitImage PAPER = DigitImage.of(new byte[DigitImage.SIZE]);

  private record Offer(String source, Reading reading, OptionalInt truth) {}

  /** Few different confidences, so that ties are the rule. */
  private static List<Offer> offers(int count) {
    Random random = new Random(10);
    List<Offer> offers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] probabilities = new float[10];
      probabilities[random.nextInt(10)] = 0.5f + random.nextInt(20) / 40f;
      OptionalInt truth =
          random.nextInt(4) == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(10));
      offers.add(new Offer(String.format("scan-%05d", i), Reading.of(probabilities), truth));
    }
    return offers;
  }

  @Test
  void worstMistakesAreTheMostConfidentWrongReadings() {
    List<Offer> offers = offers(3_000);
    Comparator<Offer> order =
        Comparator.comparingDouble((Offer offer) -> -offer.reading().confidence())
            .thenComparing(Offer::source);
    List<String> expected =
        offers.stream()
            .filter(offer -> offer.truth().isPresent())
            .filter(offer -> offer.truth().getAsInt() != offer.reading().digit())
            .sorted(order)
            .limit(60)
            .map(Offer::source)
            .toList();
    assertKeeps(Ranking.WORST_MISTAKES, 60, offers, expected);
  }

  @Test
  void leastCertainComeFirst() {
    List<Offer> offers = offers(3_000);
    Comparator<Offer> order =
        Comparator.comparingDouble((Offer offer) -> offer.reading().confidence())
            .thenComparing(Offer::source);
    List<String> expected = offers.stream().sorted(order).limit(500).map(Offer::source).toList();
    assertKeeps(Ranking.LEAST_CERTAIN, 500, offers, expected);
  }

  @Test
  void fewerThanThereIsRoomForAreAllKept() {
    TopSpecimens top = new TopSpecimens(Ranking.LEAST_CERTAIN, 10);
    offers(3).forEach(offer -> top.offer(offer.source(), PAPER, offer.reading(), offer.truth()));
    assertThat(top.ranked()).hasSize(3);
  }

  /** As tasks get the bound that those before them have reached. */
  @Test
  void boundTakesNothingAwayAndSavesAlmostAllScans() {
    List<Offer> offers = offers(3_000);
    TopSpecimens unbounded = new TopSpecimens(Ranking.LEAST_CERTAIN, 50);
    TopSpecimens merged = new TopSpecimens(Ranking.LEAST_CERTAIN, 50);
    assertThat(merged.bound()).isEmpty();
    int[] taken = new int[3];
    for (int part = 0; part < 3; part++) {
      int task = part;
      TopSpecimens top = new TopSpecimens(Ranking.LEAST_CERTAIN, 50, merged.bound());
      for (Offer offer : offers.subList(1_000 * part, 1_000 * (part + 1))) {
        unbounded.offer(offer.source(), PAPER, offer.reading(), offer.truth());
        top.offer(offer.source(), PAPER, offer.reading(), offer.truth(), () -> scan(taken, task));
      }
      assertThat(top.ranked()).allMatch(specimen -> specimen.scan().isPresent());
      merged.merge(top);
    }
    assertThat(sources(merged)).isEqualTo(sources(unbounded));
    assertThat(merged.bound()).hasValue(merged.ranked().get(49).reading().confidence());
    assertThat(taken[2]).isPositive().isLessThan(taken[0]);
  }

  @Test
  void boundKeepsWhatIsAsSureAndDropsWhatIsSurer() {
    TopSpecimens top = new TopSpecimens(Ranking.LEAST_CERTAIN, 5, OptionalDouble.of(0.75));
    for (float confidence : new float[] {0.5f, 0.75f, 0.8125f}) {
      float[] probabilities = new float[10];
      probabilities[3] = confidence;
      Reading reading = Reading.of(probabilities);
      top.offer(Specimen.of("scan " + confidence, PAPER, reading, OptionalInt.empty()));
    }
    assertThat(sources(top)).containsExactly("scan 0.5", "scan 0.75");
    assertThat(top.bound()).as("with room left").hasValue(0.75);
  }

  private static Optional<GreyImage> scan(int[] taken, int task) {
    taken[task]++;
    return Optional.of(new GreyImage(1, 1, new byte[1]));
  }

  private static List<String> sources(TopSpecimens top) {
    return top.ranked().stream().map(Specimen::source).toList();
  }

  /** In one pass, and in any partitioning and order. */
  private static void assertKeeps(
      Ranking ranking, int capacity, List<Offer> offers, List<String> expected) {
    Random random = new Random(11);
    List<Offer> shuffled = new ArrayList<>(offers);
    for (int parts = 1; parts < 20; parts++) {
      TopSpecimens merged = new TopSpecimens(ranking, capacity);
      for (int part = 0; part < parts; part++) {
        TopSpecimens top = new TopSpecimens(ranking, capacity);
        for (int i = part; i < shuffled.size(); i += parts) {
          Offer offer = shuffled.get(i);
          top.offer(offer.source(), PAPER, offer.reading(), offer.truth());
        }
        merged.merge(top);
      }
      assertThat(merged.ranked().stream().map(Specimen::source))
          .as("%s of %s parts", ranking, parts)
          .containsExactlyElementsOf(expected);
      Collections.shuffle(shuffled, random);
    }
  }
}
