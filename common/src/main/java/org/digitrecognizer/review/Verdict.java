// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the answers on one image come to, in whatever order they came, and however often.
 *
 * @param state whether that is final
 * @param value what stands: a digit or number, {@link Answer#NO_DIGIT} or {@link
 *     Answer#UNREADABLE}; null while nothing does. Of an audited reading it may stand before the
 *     audit is final, where somebody has keyed it who had seen what was read
 * @param person who said so, several with commas between them; null while nothing stands
 * @param answers how many there are
 * @param keyedBy who has answered, in small letters
 */
public record Verdict(State state, String value, String person, int answers, List<String> keyedBy) {

  /** How far it is. */
  public enum State {
    /** Too few have answered. */
    OPEN,
    /** They differ, and one more is asked. */
    DISPUTED,
    /** Nothing more is asked. */
    FINAL
  }

  /** How many have to agree. */
  public enum Rule {
    /** One person's word is enough, as long as nobody else says otherwise. */
    ONE,
    /** Two people, neither of whom has seen what the machine or the other read. */
    TWO_BLIND
  }

  private static final Comparator<Answer> BY_TIME =
      Comparator.comparing(Answer::order)
          .thenComparing(Answer::value)
          .thenComparing(Answer::who)
          .thenComparing(Answer::blind);

  /**
   * Decides on a reading that the machine let stand and that was drawn for the audit. For that only
   * answers count that were given blind; others may say what stands until it is decided. One who
   * agrees with the machine is enough; what differs is to be keyed a second time: under {@link
   * Rule#TWO_BLIND} by another, under {@link Rule#ONE} by whoever, as long as nobody says
   * otherwise.
   *
   * @param all answers, some perhaps more than once
   * @param read what the machine read
   */
  public static Verdict ofAudited(List<Answer> all, String read, Rule rule) {
    List<Answer> blind = all.stream().filter(Answer::blind).distinct().toList();
    Verdict first = of(blind, Rule.ONE);
    boolean again =
        blind.stream().filter(answer -> answer.value().equals(first.value())).count() >= 2;
    boolean borneOut = read.equals(first.value()) || (rule == Rule.ONE && again);
    Verdict verdict = borneOut ? first : of(blind, Rule.TWO_BLIND);
    boolean onlyBlind = all.stream().allMatch(Answer::blind);
    Verdict stands = verdict.state == State.FINAL || onlyBlind ? verdict : of(all, rule);
    int answers = (int) all.stream().distinct().count();
    return new Verdict(verdict.state, stands.value, stands.person, answers, verdict.keyedBy);
  }

  /**
   * Decides. A person's last answer counts. Where people differ, it is decided when two of them
   * agree, and more of them than on anything else.
   *
   * @param all answers, some perhaps more than once
   */
  public static Verdict of(List<Answer> all, Rule rule) {
    List<Answer> answers = all.stream().distinct().sorted(BY_TIME).toList();
    Map<String, Answer> last = new TreeMap<>();
    answers.stream()
        .filter(answer -> rule == Rule.ONE || answer.blind())
        .forEach(answer -> last.put(answer.person(), answer));
    Map<String, List<String>> votes = new LinkedHashMap<>();
    last.values()
        .forEach(
            answer ->
                votes.computeIfAbsent(answer.value(), any -> new ArrayList<>()).add(answer.who()));
    List<Map.Entry<String, List<String>>> ranked =
        votes.entrySet().stream()
            .sorted(Comparator.comparing(vote -> -vote.getValue().size()))
            .toList();
    int most = ranked.isEmpty() ? 0 : ranked.get(0).getValue().size();
    int second = ranked.size() < 2 ? 0 : ranked.get(1).getValue().size();
    List<String> keyedBy = List.copyOf(last.keySet());
    boolean enough = most >= 2 || (most == 1 && rule == Rule.ONE);
    if (enough && most > second) {
      String people = String.join(", ", ranked.get(0).getValue());
      return new Verdict(State.FINAL, ranked.get(0).getKey(), people, answers.size(), keyedBy);
    }
    State state = ranked.size() > 1 ? State.DISPUTED : State.OPEN;
    return new Verdict(state, null, null, answers.size(), keyedBy);
  }
}
