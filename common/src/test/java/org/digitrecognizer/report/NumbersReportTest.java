// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.evaluation.Automation;
import org.digitrecognizer.evaluation.ConflictCounts;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.NumberOutcome;
import org.digitrecognizer.evaluation.NumberOutcome.Kind;
import org.digitrecognizer.evaluation.specimen.NumberSpecimen;
import org.junit.jupiter.api.Test;

/** What a page says of the numbers of a form. */
class NumbersReportTest {

  private static String page(Evaluation evaluation, NumberSpecimen... numbers) throws IOException {
    StringWriter page = new StringWriter();
    EvaluationReport.builder("Meters")
        .sections(Section.FORM)
        .evaluation(evaluation)
        .numbers(List.of(numbers))
        .build()
        .render(page);
    return page.toString().replace('\u00a0', ' ');
  }

  private static NumberOutcome read(double confidence, Boolean correct) {
    return new NumberOutcome("meter", Kind.READ, confidence, 1, correct);
  }

  private static NumberSpecimen unsure() {
    return new NumberSpecimen(
        "file:/a.zip!/7.png",
        "7.png",
        "meter",
        Kind.READ,
        "41",
        0.6,
        "47",
        0.3,
        "42",
        null,
        null,
        new GreyImage(40, 20, new byte[800]),
        List.of(
            new NumberSpecimen.Piece(4, 0.99, 2, 3, 10, 12),
            new NumberSpecimen.Piece(1, 0.5, 20, 3, 6, 12)));
  }

  @Test
  void aNumberThatIsNotWholeGoesToAPersonWhateverTheThreshold() throws IOException {
    Evaluation evaluation = new Evaluation();
    evaluation.add(new NumberOutcome("meter", Kind.INCOMPLETE, 0, 0, null));
    assertThat(page(evaluation)).as("no curve without a number").contains("Meters");
    for (int i = 0; i < 10_000; i++) {
      evaluation.add(read(1, null));
    }
    Automation automation = evaluation.automation(Automation.Basis.CALIBRATION, 0.01);
    assertThat(automation.chosen().orElseThrow().review()).isOne();
    assertThat(automation.chosen().orElseThrow().automated()).isEqualTo(10_000);
  }

  @Test
  void whatWasReadStandsBelowEachPiece() throws IOException {
    Evaluation evaluation = new Evaluation();
    evaluation.add(read(0.6, null));
    assertThat(page(evaluation, unsure()))
        .contains("<text class=\"sure\" x=\"7\"", "<text class=\"unsure\" x=\"23\"")
        .contains("<b>41</b>", "or 47", "unsure; without the rule 42")
        .contains("everything goes to a person");
  }

  @Test
  void numbersThatContradictEachOtherStandBelowWhatIsWrong() throws IOException {
    Evaluation evaluation = new Evaluation();
    evaluation.add(read(1, null));
    evaluation.add(read(1, null));
    NumberSpecimen other = unsure();
    NumberSpecimen number =
        new NumberSpecimen(
            other.source(),
            "slip 7",
            "fee",
            Kind.READ,
            "41",
            1,
            null,
            0,
            "41",
            null,
            "amount + fee is 0.50, total was read 0.60",
            other.picture(),
            other.pieces());
    StringWriter page = new StringWriter();
    EvaluationReport.builder("Slips")
        .sections(Section.COUPLED_FORM)
        .evaluation(evaluation)
        .conflicts(new ConflictCounts(2, 1, 3, 1, Map.of("fee", 1L)), List.of(number))
        .build()
        .render(page);
    assertThat(page.toString().replace('\u00a0', ' '))
        .contains("2 conflicts between numbers: 1 number goes to a person for that.")
        .contains("As people keyed it stands: 3. 1 of those that wait stood before.")
        .contains("<h3>amount + fee is 0.50, total was read 0.60</h3>", "fee of slip 7")
        .contains("only those that contradict each other are left to a person");
    assertThat(ConflictsView.sentence(new ConflictCounts(0, 0, 0, 0, Map.of())))
        .isEqualTo("No numbers contradict each other.");
  }

  @Test
  void wrongNumbersInAThousandStandBesideKeying() throws IOException {
    Evaluation evaluation = new Evaluation();
    for (int i = 0; i < 1000; i++) {
      evaluation.add(read(0.9995, null));
    }
    assertThat(page(evaluation))
        .contains("leaves 0 of 1,000 numbers")
        .contains("Wrong numbers in 1,000 accepted: 0.50 expected; keyed once it would be 0.37");
  }

  @Test
  void labelsCountWrongNumbers() throws IOException {
    Evaluation evaluation = new Evaluation();
    for (int i = 0; i < 10_000; i++) {
      evaluation.add(read(0.9999, i > 0));
    }
    assertThat(evaluation.errors()).isEqualTo(1);
    assertThat(evaluation.accuracy()).isEqualTo(0.9999);
    assertThat(page(evaluation))
        .contains("Wrong numbers in 1,000 accepted: 0.10, at most", "(95 %)");
  }

  @Test
  void partsAddUpToTheWhole() {
    Evaluation one = new Evaluation();
    one.add(read(0.9, null));
    Evaluation other = new Evaluation();
    other.add(new NumberOutcome("meter", Kind.NONE_ALLOWED, 0, 0.2, null));
    other.add(new NumberOutcome("day", Kind.INCOMPLETE, 0, 0, null));
    one.merge(other);
    assertThat(one.scored()).isEqualTo(3);
    assertThat(one.fields()).containsOnlyKeys("day", "meter");
    assertThat(one.fields().get("meter").numbers()).isEqualTo(2);
    assertThat(one.fields().get("meter").meanValidMass()).isEqualTo(0.6, within());
    assertThat(one.metrics(0.001).fields().get("day").incomplete()).isEqualTo(1);
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-6);
  }
}
