// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.digitrecognizer.evaluation.ConflictCounts;
import org.digitrecognizer.evaluation.specimen.NumberSpecimen;

/**
 * Numbers that break a rule together, and so go to a person.
 *
 * @param summary how many there are
 * @param fields of the open ones
 * @param groups some of them, each with what is wrong
 * @param review the file that lists them all; null if none is open
 */
public record ConflictsView(
    String summary, List<FieldCount> fields, List<Group> groups, Link review) {

  /**
   * The open numbers of a field.
   *
   * @param name of the field
   * @param numbers how many
   */
  public record FieldCount(String name, long numbers) {}

  /**
   * Numbers that contradict each other.
   *
   * @param reason what is wrong
   * @param numbers that take part
   */
  public record Group(String reason, List<NumbersView.Item> numbers) {}

  static Optional<ConflictsView> of(EvaluationReport report) {
    ConflictCounts counts = report.metrics().conflicts();
    if (counts == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ConflictsView(
            sentence(counts),
            counts.fields().entrySet().stream().map(ConflictsView::count).toList(),
            groups(report.contradicting()),
            counts.open() == 0 ? null : report.reviewFile()));
  }

  private static FieldCount count(Map.Entry<String, Long> field) {
    return new FieldCount(field.getKey(), field.getValue());
  }

  private static List<Group> groups(List<NumberSpecimen> numbers) {
    List<Group> groups = new ArrayList<>();
    String reason = null;
    for (NumberSpecimen number : numbers) {
      if (!number.conflict().equals(reason)) {
        reason = number.conflict();
        groups.add(new Group(reason, new ArrayList<>()));
      }
      groups.get(groups.size() - 1).numbers().add(NumbersView.Item.inConflict(number));
    }
    return groups;
  }

  /** Returns what came of the rules that couple numbers, in a sentence or several. */
  public static String sentence(ConflictCounts counts) {
    if (counts.conflicts() == 0) {
      return "No numbers contradict each other.";
    }
    Numbers numbers = new Numbers();
    StringBuilder sentence = new StringBuilder();
    sentence.append(
        String.format(
            "%s between numbers: %s.",
            numbers.count(counts.conflicts(), "conflict"),
            counts.open() == 0
                ? "people have keyed all that take part"
                : numbers.count(counts.open(), "number")
                    + (counts.open() == 1 ? " goes" : " go")
                    + " to a person for that"));
    if (counts.open() > 0 && counts.byPerson() > 0) {
      sentence.append(
          String.format(" As people keyed it stands: %s.", numbers.count(counts.byPerson())));
    }
    if (counts.withdrawn() > 0) {
      sentence.append(
          String.format(" %s of those that wait stood before.", numbers.count(counts.withdrawn())));
    }
    return sentence.toString();
  }
}
