// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.digitrecognizer.review.Verdict.Rule;
import org.digitrecognizer.review.Verdict.State;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static Answer said(String value, String who, int minute) {
    return new Answer(value, who, String.format("2026-01-02T03:%02d:00Z", minute), true);
  }

  private static Verdict one(Answer... answers) {
    return Verdict.of(List.of(answers), Rule.ONE);
  }

  private static Verdict two(Answer... answers) {
    return Verdict.of(List.of(answers), Rule.TWO_BLIND);
  }

  @Test
  void onePersonIsEnough() {
    assertThat(one(said("3", "Ann", 1)))
        .isEqualTo(new Verdict(State.FINAL, "3", "Ann", 1, List.of("ann")));
  }

  private static Verdict audited(Answer... answers) {
    return Verdict.ofAudited(List.of(answers), "3", Rule.ONE);
  }

  private static Verdict auditedByTwo(Answer... answers) {
    return Verdict.ofAudited(List.of(answers), "3", Rule.TWO_BLIND);
  }

  @Test
  void whoAgreesWithAnAuditedReadingIsBelieved() {
    assertThat(audited(said("3", "Ann", 1)).state()).isEqualTo(State.FINAL);
  }

  @Test
  void whoDiffersFromAnAuditedReadingIsBorneOutByAnother() {
    Answer ann = said("8", "Ann", 1);
    assertThat(audited(ann).state()).isEqualTo(State.OPEN);
    assertThat(audited(ann).keyedBy()).containsExactly("ann");
    assertThat(audited(ann, said("8", "Bob", 2)).value()).isEqualTo("8");
    assertThat(audited(ann, said("3", "Bob", 2)).state()).isEqualTo(State.DISPUTED);
    assertThat(audited(ann, said("3", "Bob", 2), said("3", "Cy", 3)).value()).isEqualTo("3");
    assertThat(audited(ann, said("3", "Bob", 2), said("8", "Cy", 3)).value()).isEqualTo("8");
  }

  @Test
  void whoKeysAnAuditedReadingASecondTimeBearsHerselfOut() {
    Answer first = said("8", "Ann", 1);
    Answer again = said("8", "ann", 2);
    assertThat(audited(first, again))
        .isEqualTo(new Verdict(State.FINAL, "8", "ann", 2, List.of("ann")));
    assertThat(audited(first, first).state()).as("taken in twice").isEqualTo(State.OPEN);
    assertThat(audited(first, said("3", "Ann", 2)).value()).as("it was a slip").isEqualTo("3");
    assertThat(audited(first, said("9", "Ann", 2)).state()).isEqualTo(State.OPEN);
    assertThat(audited(first, said("9", "Ann", 2), said("9", "Ann", 3)).value()).isEqualTo("9");
    assertThat(audited(first, again, said("5", "Bob", 3)).state())
        .as("nobody outvotes another by keying more often")
        .isEqualTo(State.DISPUTED);
    assertThat(auditedByTwo(first, again).state())
        .as("where two are to key, another is asked")
        .isEqualTo(State.OPEN);
  }

  @Test
  void whoHasSeenAnAuditedReadingDoesNotCountButIsAskedAnew() {
    Answer seen = new Answer("3", "Ann", "2026-01-02T03:01:00Z", false);
    assertThat(audited(seen).state()).isEqualTo(State.OPEN);
    assertThat(audited(seen).answers()).as("the next round of the desk").isEqualTo(1);
    assertThat(audited(seen, said("8", "Bob", 2), said("8", "Cy", 3)).value()).isEqualTo("8");
  }

  @Test
  void whatWhoHasSeenAnAuditedReadingSaysStandsUntilTheAuditDecides() {
    Answer seen = new Answer("5", "Ann", "2026-01-02T03:01:00Z", false);
    assertThat(audited(seen)).isEqualTo(new Verdict(State.OPEN, "5", "Ann", 1, List.of()));
    Verdict differing = audited(seen, said("8", "Bob", 2));
    assertThat(differing.state()).isEqualTo(State.OPEN);
    assertThat(differing.value()).as("neither, until one more is asked").isNull();
    assertThat(audited(seen, said("3", "Bob", 2)).value()).as("the audit's").isEqualTo("3");
    assertThat(auditedByTwo(seen).value()).as("where two are to key blind").isNull();
  }

  @Test
  void aPersonsLastAnswerCounts() {
    assertThat(one(said("5", "ann ", 9), said("3", "Ann", 1)).value()).isEqualTo("5");
  }

  @Test
  void twoWhoDifferGoToAThird() {
    Answer ann = said("3", "Ann", 1);
    Answer bob = said("5", "Bob", 2);
    assertThat(one(ann, bob).state()).isEqualTo(State.DISPUTED);
    Verdict third = one(ann, bob, said("5", "Cy", 3));
    assertThat(third.value()).isEqualTo("5");
    assertThat(third.person()).isEqualTo("Bob, Cy");
    assertThat(one(ann, bob, said("8", "Cy", 3)).state()).isEqualTo(State.DISPUTED);
  }

  @Test
  void underDoubleKeyingTwoMustAgreeBlind() {
    Answer ann = said("3", "Ann", 1);
    assertThat(two(ann).state()).isEqualTo(State.OPEN);
    assertThat(two(ann, said("3", "ANN", 2)).state()).as("the same person").isEqualTo(State.OPEN);
    assertThat(two(ann, said("3", "Bob", 2)).state()).isEqualTo(State.FINAL);
    assertThat(two(ann, said("4", "Bob", 2)).state()).isEqualTo(State.DISPUTED);
    assertThat(two(ann, said("4", "Bob", 2), said("3", "Cy", 3)).value()).isEqualTo("3");
    Answer seen = new Answer("3", "Bob", null, false);
    assertThat(two(ann, seen).state()).as("not blind").isEqualTo(State.OPEN);
  }

  @Test
  void neitherOrderNorRepetitionMatters() {
    List<Answer> answers =
        new ArrayList<>(
            List.of(
                said("3", "Ann", 1),
                said("5", "Bob", 2),
                said("5", "Ann", 3),
                said("none", "Cy", 4),
                said("none", "Cy", 4)));
    for (Rule rule : Rule.values()) {
      Verdict first = Verdict.of(answers, rule);
      assertThat(first.answers()).isEqualTo(4);
      for (int seed = 0; seed < 20; seed++) {
        Collections.shuffle(answers, new Random(seed));
        assertThat(Verdict.of(answers, rule)).isEqualTo(first);
      }
    }
  }
}
