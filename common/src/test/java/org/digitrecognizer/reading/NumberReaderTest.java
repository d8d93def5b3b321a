// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.number.BestNumber;
import org.digitrecognizer.number.DrawnNumbers;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.NumberRule;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.scan.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is read a second time, and what that comes to. */
class NumberReaderTest {

  private static final NumberRule ANY = NumberRule.ofDigits(1, 9);
  private static DigitSession session;
  private static DigitReader digits;

  @BeforeAll
  static void open() throws IOException {
    Model model = ModelDirectory.open(new Path("../models/scans"), new Configuration(), null);
    session = new DigitSession(ReadingGraph.of(model.stored()));
    digits = new DigitReader(session, model.description().calibration());
  }

  @AfterAll
  static void close() {
    digits.close();
    session.close();
  }

  private static List<NumberReader.Task> drawn(int length, double least, double most, int count) {
    DrawnNumbers numbers = new DrawnNumbers("t10k", 5);
    return Stream.generate(() -> numbers.draw(length, least, most).image())
        .limit(count)
        .map(image -> ((Outcome.Ok<FreeNumber>) FreeNumber.of(image, CutLimits.DEFAULT)).value())
        .map(number -> new NumberReader.Task(number, ANY))
        .toList();
  }

  @Test
  void aNumberThatIsSureIsReadOnce() {
    int sure = 0;
    for (NumberReader.Task task : drawn(1, -0.3, -0.1, 30)) {
      NumberReader.Read read = new NumberReader(digits).read(List.of(task)).get(0);
      if (read.number().confidence() > 0.9895) {
        sure++;
        List<Reading> all = digits.readPieces(task.number().images());
        for (int i = 0; i < all.size(); i++) {
          Reading piece = read.pieces().get(i);
          assertThat(piece == null || same(piece, all.get(i))).isTrue();
        }
      }
    }
    assertThat(sure).isPositive();
  }

  @Test
  void whereDigitsStandApartNoCutIsRead() {
    List<NumberReader.Task> apart = drawn(5, -0.4, -0.2, 40);
    int plain = 0;
    for (NumberReader.Task task : apart) {
      NumberReader.Read read = new NumberReader(digits).read(List.of(task)).get(0);
      if (read.pieces().contains(null)) {
        plain++;
        for (int i = 0; i < read.pieces().size(); i++) {
          boolean uncut = task.number().uncut().contains(i);
          assertThat(read.pieces().get(i) != null).as("image %d", i).isEqualTo(uncut);
        }
        List<Reading> all = digits.readPieces(task.number().images());
        assertThat(read.number().number())
            .as("what all images give")
            .isEqualTo(new BestNumber().read(task.number().lattice(all), ANY).number());
      }
    }
    assertThat(plain).isGreaterThan(20);
  }

  @Test
  void whereTheyTouchAllIsRead() {
    int plain = 0;
    for (NumberReader.Task task : drawn(3, 0.1, 0.3, 40)) {
      NumberReader.Read read = new NumberReader(digits).read(List.of(task)).get(0);
      plain += read.pieces().contains(null) ? 1 : 0;
    }
    assertThat(plain).isLessThan(5);
  }

  @Test
  void ofOneThatIsNotSureTheLikelyPiecesAreLookedAtAgain() {
    int changed = 0;
    int kept = 0;
    for (NumberReader.Task task : drawn(3, 0.1, 0.3, 10)) {
      List<Reading> first = digits.readPieces(task.number().images());
      double[] shares = task.number().shares(first);
      List<Reading> pieces = new NumberReader(digits).read(List.of(task)).get(0).pieces();
      for (int i = 0; i < pieces.size(); i++) {
        if (pieces.get(i) == null || same(pieces.get(i), first.get(i))) {
          kept++;
        } else {
          changed++;
          assertThat(shares[i]).as("share of the ways").isGreaterThan(0.01);
          DigitImage image = task.number().images().get(i);
          Reading again = digits.lookAgain(List.of(image), first.subList(i, i + 1)).get(0);
          assertThat(same(pieces.get(i), again)).isTrue();
        }
      }
    }
    assertThat(changed).isGreaterThan(20);
    assertThat(kept).isGreaterThan(20);
  }

  /** What a number is read as does not depend on the numbers it comes with. */
  @Test
  void numbersAreReadTogetherAsTheyAreReadAlone() {
    List<NumberReader.Task> tasks = drawn(2, 0.1, 0.3, 12);
    List<NumberReader.Read> together = new NumberReader(digits).read(tasks);
    for (int i = 0; i < tasks.size(); i++) {
      NumberReader.Read alone = new NumberReader(digits).read(tasks.subList(i, i + 1)).get(0);
      assertThat(together.get(i).number()).isEqualTo(alone.number());
      assertSame(together.get(i).pieces(), alone.pieces());
    }
  }

  @Test
  void nothingToReadIsNothingRead() {
    assertThat(new NumberReader(digits).read(List.of())).isEmpty();
  }

  private static boolean same(Reading a, Reading b) {
    if (a == null || b == null) {
      return a == b;
    }
    return Arrays.equals(a.probabilities(), b.probabilities()) && a.oneDigit() == b.oneDigit();
  }

  private static void assertSame(List<Reading> read, List<Reading> expected) {
    assertThat(read).hasSameSizeAs(expected);
    for (int i = 0; i < read.size(); i++) {
      assertThat(same(read.get(i), expected.get(i))).isTrue();
    }
  }
}
