// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.Throughput;
import org.digitrecognizer.evaluation.specimen.RejectSamples;
import org.digitrecognizer.evaluation.specimen.TopSpecimens;
import org.digitrecognizer.evaluation.specimen.TopSpecimens.Ranking;

/**
 * A night of scoring archives: MNIST's digits as scans, made-up readings, and all sorts of rejects.
 */
final class SampleNight {

  private static final int ROUNDS = 2;
  private static final int REJECTS = 330;
  private static final int NEVER_REJECTED = 5;
  private static final String ARCHIVE =
      "hdfs://namenode.example.org:8020/scans/2026/incoming/meter-readings-%02d.zip!/";

  final Evaluation evaluation = new Evaluation();
  final TopSpecimens mistakes = new TopSpecimens(Ranking.WORST_MISTAKES, 60);
  final TopSpecimens leastCertain =
      new TopSpecimens(Ranking.LEAST_CERTAIN, EvaluationReport.MOST_TO_CHECK);
  final RejectSamples rejects = new RejectSamples(6);

  private final Random random = new Random(7);
  private final List<LabelledDigit> digits = SampleEvaluation.testDigits();

  SampleNight(boolean labels) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < digits.size(); i++) {
        read(digits.get(i), source(round, "form%03d/cell-%05d.tif".formatted(i / 100, i)), labels);
      }
    }
    for (int i = 0; i < REJECTS; i++) {
      reject(i);
    }
  }

  /** Returns a page of it, as a job would write it. */
  EvaluationReport.Builder page() {
    return EvaluationReport.builder("Scores of meter-readings")
        .lead("What the archives of scans hold, over all runs into this output.")
        .link("Only what the last run has read", "runs/2026-03-05T0200/index.html")
        .fact("Archives", "hdfs://namenode.example.org:8020/scans/2026/incoming/*.zip")
        .fact("Model", "hdfs://namenode.example.org:8020/models/mnist, model.json 0123abcd")
        .fact("Version", "0.1.0")
        .sections(Section.SCORING)
        .evaluation(evaluation)
        .throughput(new Throughput(20_330, 12, 1_482_113_024L, 263.4))
        .rejects(rejects)
        .reviewFile("review.csv")
        .mistakes(mistakes.ranked())
        .leastCertain(leastCertain.ranked());
  }

  private void read(LabelledDigit digit, String source, boolean labels) {
    Reading reading = SampleEvaluation.madeUp(digit.label(), random);
    OptionalInt truth = labels ? OptionalInt.of(digit.label()) : OptionalInt.empty();
    truth.ifPresentOrElse(label -> evaluation.add(reading, label), () -> evaluation.add(reading));
    long seed = random.nextLong();
    for (TopSpecimens top : List.of(mistakes, leastCertain)) {
      top.offer(source, digit.image(), reading, truth, () -> scan(seed, digit.image()));
    }
  }

  private void reject(int i) {
    List<Reason> reasons = new ArrayList<>(List.of(Reason.values()));
    Reason reason = i % 3 == 0 ? reasons.get(i / 3 % NEVER_REJECTED) : Reason.BLANK;
    if (i % 11 == 0) {
      reason = Reason.MULTIPLE_DIGITS;
    }
    evaluation.reject(reason);
    Rejection rejection = new Rejection(reason, "A detail about " + reason + ", number " + i);
    long seed = i;
    boolean two = reason == Reason.MULTIPLE_DIGITS;
    DigitImage[] drawn =
        two ? new DigitImage[] {image(i), image(i + 1), image(i + 2)} : new DigitImage[0];
    boolean decoded = two || reason == Reason.BLANK;
    rejects.add(
        source(i % 12, "form%03d/very-long-name-of-a-single-cell-%05d.tif#2".formatted(i, i)),
        rejection,
        () -> decoded ? scan(seed, drawn) : Optional.empty());
  }

  private DigitImage image(int i) {
    return digits.get(i).image();
  }

  private static String source(int archive, String entry) {
    return ARCHIVE.formatted(archive) + entry;
  }

  /** Draws digits side by side on paper that is neither white nor even. */
  private static Optional<GreyImage> scan(long seed, DigitImage... drawn) {
    Random random = new Random(seed);
    int side = 3 * DigitImage.WIDTH;
    int width = side * Math.max(1, drawn.length) + random.nextInt(30);
    int height = side + random.nextInt(40);
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int digit = Math.min(x / side, drawn.length - 1);
        int ink = digit < 0 ? 0 : ink(drawn[digit], y / 3, (x - digit * side) / 3);
        double paper = 222 + 14.0 * x / width + 5 * random.nextGaussian();
        pixels[y * width + x] = (byte) Math.max(20, Math.min(255, paper - 0.7 * ink));
      }
    }
    return Optional.of(new GreyImage(width, height, pixels));
  }

  private static int ink(DigitImage image, int row, int column) {
    boolean inside = row < DigitImage.HEIGHT && column < DigitImage.WIDTH;
    return inside ? image.ink(row, column) : 0;
  }
}
