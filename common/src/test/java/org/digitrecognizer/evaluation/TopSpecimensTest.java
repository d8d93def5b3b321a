package org.digitrecognizer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.TopSpecimens.Ranking;
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
