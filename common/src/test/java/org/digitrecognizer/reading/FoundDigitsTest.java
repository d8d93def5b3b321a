// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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

class FoundDigitsTest {

  private static final int SCANS = 1000;

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
              assertThat(found.get(i).doubt().reason()).isEqualTo(Reason.BLANK);
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

  @Test
  void aDigitThatTheGrainHidesIsFoundIfItIsSure() throws IOException {
    withReader(
        reader -> {
          FoundDigits digits = new FoundDigits(new ScanNormaliser(), reader);
          findAll(digits, 100);
          List<Found> hidden = found.stream().filter(each -> each.doubt() != null).toList();
          long read =
              digits.read(hidden).stream().filter(outcome -> outcome instanceof Outcome.Ok).count();
          assertThat(hidden).hasSizeGreaterThan(4);
          assertThat(read).as("of %d", hidden.size()).isGreaterThan(hidden.size() / 2);
        });
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
    byte[][] images = MnistDigits.images("t10k");
    byte[] drawn = MnistDigits.labels("t10k");
    DrawnPaper paper = new DrawnPaper(11);
    for (int i = 0; i < SCANS; i++) {
      GreyImage scan = paper.with(Drawing.scan(images[i], leastSide + i % 100, i));
      if (digits.find(scan) instanceof Outcome.Ok<Found> ok) {
        found.add(ok.value());
        labels.add((int) drawn[i]);
      }
    }
  }
}
