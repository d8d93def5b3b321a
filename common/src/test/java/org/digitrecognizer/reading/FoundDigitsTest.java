// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.reading.FoundDigits.Found;
import org.digitrecognizer.reading.FoundDigits.Read;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.DrawnPaper;
import org.digitrecognizer.scan.MnistDigits;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanNormaliser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundDigitsTest {

  private static final int SCANS = 1000;
  private static final int PAIRS = 1000;

  private final List<Found> found = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  @Test
  void otherViewsOfTheScanMendWhatWasFoundBadly() throws IOException {
    withReader(
        reader -> {
          FoundDigits digits = new FoundDigits(new ScanNormaliser(), reader);
          findAll(digits, 32);
          List<Reading> alone = reader.read(found.stream().map(Found::image).toList());
          List<Outcome<Read>> read = digits.read(found);
          int mended = 0;
          int broken = 0;
          for (int i = 0; i < found.size(); i++) {
            if (!(read.get(i) instanceof Outcome.Ok<Read> after)) {
              assertThat(DigitReader.isSure(alone.get(i))).isFalse();
              assertThat(found.get(i).doubt()).isNotNull();
              continue;
            }
            if (DigitReader.isSure(alone.get(i))) {
              assertThat(after.value().image()).isEqualTo(found.get(i).image());
              assertThat(probabilities(after)).isEqualTo(alone.get(i).probabilities());
            }
            boolean wasRight = alone.get(i).digit() == labels.get(i);
            boolean isRight = after.value().reading().digit() == labels.get(i);
            mended += isRight && !wasRight ? 1 : 0;
            broken += wasRight && !isRight ? 1 : 0;
          }
          assertThat(mended).as("mended, where %d are broken", broken).isGreaterThan(3 * broken);
          assertThat(mended).as("mended of %d", found.size()).isGreaterThan(4);
        });
  }

  @Test
  void aReadingDoesNotDependOnWhatItIsReadWith() throws IOException {
    withReader(
        reader -> {
          FoundDigits digits = new FoundDigits(new ScanNormaliser(), reader);
          findAll(digits, 32);
          List<Outcome<Read>> all = digits.read(found);
          for (int from = 0; from < 200; from += 7) {
            List<Outcome<Read>> some = digits.read(found.subList(from, from + 7));
            for (int i = 0; i < some.size(); i++) {
              assertThat(probabilities(some.get(i))).isEqualTo(probabilities(all.get(from + i)));
            }
          }
        });
  }

  /**
   * Grain hides digits, so that scans seem blank; shadows have edges, so that they seem several.
   */
  @ParameterizedTest
  @CsvSource({"BLANK, 100, 1000", "MULTIPLE_DIGITS, 32, 4000"})
  void aDigitThatOnlyAnotherViewShowsIsReadIfItIsSure(Reason reason, int leastSide, int scans)
      throws IOException {
    withReader(
        reader -> {
          FoundDigits digits = new FoundDigits(new ScanNormaliser(), reader);
          findAll(digits, leastSide, scans);
          List<Integer> hidden =
              IntStream.range(0, found.size()).filter(i -> isHidden(i, reason)).boxed().toList();
          List<Outcome<Read>> outcomes = digits.read(hidden.stream().map(found::get).toList());
          int read = 0;
          int wrong = 0;
          for (int i = 0; i < hidden.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Ok<Read> ok) {
              read++;
              wrong += ok.value().reading().digit() == labels.get(hidden.get(i)) ? 0 : 1;
            }
          }
          assertThat(hidden).hasSizeGreaterThan(4);
          assertThat(read).as("of %d", hidden.size()).isGreaterThan(hidden.size() / 2);
          assertThat(wrong).as("of %d", read).isLessThan(2);
        });
  }

  private boolean isHidden(int i, Reason reason) {
    return found.get(i).doubt() != null && found.get(i).doubt().reason() == reason;
  }

  @Test
  void twoDigitsAreNotReadAsOneOfThem() throws IOException {
    withReader(
        reader -> {
          FoundDigits digits = new FoundDigits(new ScanNormaliser(), reader);
          findPairs(digits);
          long read =
              digits.read(found).stream()
                  .filter(outcome -> outcome instanceof Outcome.Ok<Read> ok && isAccepted(ok))
                  .count();
          assertThat(read).as("of %d pairs", PAIRS).isLessThanOrEqualTo(PAIRS / 100);
        });
  }

  private static boolean isAccepted(Outcome.Ok<Read> read) {
    return OneDigit.rejection(read.value().reading()).isEmpty();
  }

  private static float[] probabilities(Outcome<Read> outcome) {
    return outcome instanceof Outcome.Ok<Read> ok ? ok.value().reading().probabilities() : null;
  }

  private static void withReader(Consumer<DigitReader> test) throws IOException {
    Model model = ModelDirectory.open(new Path("../models/scans"), new Configuration(), null);
    try (DigitSession session = new DigitSession(ReadingGraph.of(model.stored()));
        DigitReader reader = new DigitReader(session, model.description().calibration())) {
      test.accept(reader);
    }
  }

  private void findAll(FoundDigits digits, int leastSide) {
    findAll(digits, leastSide, SCANS);
  }

  private void findAll(FoundDigits digits, int leastSide, int scans) {
    byte[][] images = MnistDigits.images("t10k");
    byte[] drawn = MnistDigits.labels("t10k");
    DrawnPaper paper = new DrawnPaper(11);
    for (int i = 0; i < scans; i++) {
      GreyImage scan = paper.with(Drawing.scan(images[i], leastSide + i % 100, i));
      if (digits.find(scan) instanceof Outcome.Ok<Found> ok) {
        found.add(ok.value());
        labels.add((int) drawn[i]);
      }
    }
  }

  /** Draws two digits side by side on one sheet. */
  private void findPairs(FoundDigits digits) {
    byte[][] images = MnistDigits.images("t10k");
    DrawnPaper paper = new DrawnPaper(12);
    for (int i = 0; i < PAIRS; i++) {
      BufferedImage pair = Drawing.pair(images[2 * i], images[2 * i + 1], 1 + i % 4);
      int height = 32 + i % 100;
      int width = height * pair.getWidth() / pair.getHeight();
      GreyImage scan = Drawing.draw(pair, width, height, width + 8, height + 8, 4, 4);
      if (digits.find(paper.with(scan)) instanceof Outcome.Ok<Found> ok) {
        found.add(ok.value());
      }
    }
  }
}
