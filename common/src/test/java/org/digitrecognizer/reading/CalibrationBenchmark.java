// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.calibration.FairSample;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.scan.ScanPages;

/**
 * Whether the threshold that a fair sample chooses keeps its promise on the rest: a set of real
 * scans, a zip archive whose entries are called {@code LABEL/anything.png}, is read once, and many
 * samples of it are drawn. benchmarks/calibration.sh runs it.
 */
final class CalibrationBenchmark {

  private record Known(String name, int truth, Reading reading) {}

  private CalibrationBenchmark() {}

  /**
   * Prints in how many draws more than the target of what is accepted among the rest is wrong.
   *
   * @param arguments model, set, target error, labels of a sample, draws
   */
  public static void main(String[] arguments) throws IOException {
    List<Known> all = read(new Path(arguments[0]), arguments[1]);
    double target = Double.parseDouble(arguments[2]);
    int labels = Integer.parseInt(arguments[3]);
    int draws = Integer.parseInt(arguments[4]);
    int above = 0;
    int without = 0;
    double accepted = 0;
    for (int draw = 0; draw < draws; draw++) {
      Collections.shuffle(all, new Random(draw));
      FairSample sample = new FairSample();
      // The halves of each draw are drawn anew, too.
      int number = draw;
      all.subList(0, labels)
          .forEach(known -> sample.add(number + known.name, known.reading, known.truth));
      SiteCalibration site = sample.calibrate(target, "", "");
      List<Known> rest = all.subList(labels, all.size());
      List<Known> stands =
          rest.stream()
              .filter(known -> site.threshold() != null)
              .filter(known -> known.reading.confidence() >= site.threshold())
              .toList();
      long wrong = stands.stream().filter(known -> known.reading.digit() != known.truth).count();
      above += wrong > target * stands.size() ? 1 : 0;
      without += site.threshold() == null ? 1 : 0;
      accepted += (double) stands.size() / rest.size();
    }
    System.out.printf(
        Locale.ROOT,
        "%d readings, %d draws of %d labels, asked %.2f %%: error of the rest above it in %.1f %%"
            + " of draws; %.1f %% of the rest accepted, no threshold in %.1f %% of draws%n",
        all.size(),
        draws,
        labels,
        100 * target,
        100.0 * above / draws,
        100 * accepted / draws,
        100.0 * without / draws);
  }

  private static List<Known> read(Path directory, String set) throws IOException {
    Model model = ModelDirectory.open(directory, new Configuration(), null);
    List<String> names = new ArrayList<>();
    List<FoundDigits.Found> digits = new ArrayList<>();
    try (ZipFile zip = new ZipFile(set);
        DigitSession session = new DigitSession(ReadingGraph.of(model.stored()));
        DigitReader reader = new DigitReader(session, model.description().calibration())) {
      FoundDigits finder = new FoundDigits(new ScanNormaliser(), reader);
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (entry.isDirectory() || !Character.isDigit(entry.getName().charAt(0))) {
          continue;
        }
        if (finder.find(scan(zip, entry)) instanceof Outcome.Ok<FoundDigits.Found> ok) {
          names.add(entry.getName());
          digits.add(ok.value());
        }
      }
      List<Outcome<FoundDigits.Read>> outcomes = finder.read(digits);
      List<Known> known = new ArrayList<>();
      for (int i = 0; i < outcomes.size(); i++) {
        String name = names.get(i);
        if (outcomes.get(i) instanceof Outcome.Ok<FoundDigits.Read> ok) {
          known.add(new Known(name, Character.digit(name.charAt(0), 10), ok.value().reading()));
        }
      }
      return known;
    }
  }

  private static GreyImage scan(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry);
        ScanPages pages = new ScanDecoder(ScanLimits.DEFAULT).decode(in.readAllBytes())) {
      return ((Outcome.Ok<GreyImage>) pages.next()).value();
    }
  }
}
