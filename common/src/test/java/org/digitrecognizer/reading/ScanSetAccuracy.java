// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.DrawnPaper;
import org.digitrecognizer.scan.MnistDigits;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.scan.ScanPages;

/**
 * How many scans of real sets a model reads right, without Spark; a rejected one counts as wrong. A
 * set is a zip archive whose entries are called {@code LABEL/anything.png}, LABEL a digit. Run it
 * after test-compile with {@code mvn -pl common exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=org.digitrecognizer.reading.ScanSetAccuracy -Dexec.args="MODEL SET.zip ..."}.
 * Three sets are drawn: {@code blank}, sheets of paper without ink, of which all should be
 * rejected; {@code paper}, digits of MNIST on such paper; and {@code clean}, on clean paper. With
 * {@code -Dsheets=DIRECTORY} it draws what was rejected and what was misread.
 */
final class ScanSetAccuracy {

  private static final int CLASSES = 10;
  private static final int DRAWN = 1000;

  private record Seen(int label, String name, GreyImage scan) {}

  private final ScanDecoder decoder = new ScanDecoder(ScanLimits.DEFAULT);
  private final ScanNormaliser normaliser = new ScanNormaliser();
  private final List<Seen> scans = new ArrayList<>();
  private final Map<Rejection.Reason, Integer> reasons = new EnumMap<>(Rejection.Reason.class);
  private final List<ContactSheet.Item> rejected = new ArrayList<>();
  private final List<ContactSheet.Item> misread = new ArrayList<>();

  private ScanSetAccuracy() {}

  /**
   * Prints of each set its accuracy, its rejections by reason, and which digit is read as which.
   */
  public static void main(String[] arguments) throws IOException {
    org.apache.hadoop.fs.Path model = new org.apache.hadoop.fs.Path(arguments[0]);
    Model opened = ModelDirectory.open(model, new Configuration(), null);
    try (DigitSession session = new DigitSession(ReadingGraph.of(opened.stored()));
        DigitReader reader = new DigitReader(session, opened.description().calibration())) {
      for (int i = 1; i < arguments.length; i++) {
        ScanSetAccuracy accuracy = new ScanSetAccuracy();
        accuracy.takeAll(arguments[i]);
        accuracy.measure(Path.of(arguments[i]).getFileName().toString(), reader);
      }
    }
  }

  private void measure(String set, DigitReader reader) throws IOException {
    FoundDigits digits = new FoundDigits(normaliser, reader);
    List<Seen> seen = new ArrayList<>();
    List<FoundDigits.Found> found = new ArrayList<>();
    for (Seen each : scans) {
      Outcome<FoundDigits.Found> outcome = digits.find(each.scan);
      if (outcome instanceof Outcome.Ok<FoundDigits.Found> ok) {
        seen.add(each);
        found.add(ok.value());
      } else if (outcome instanceof Outcome.Rejected<FoundDigits.Found> no) {
        reject(each, no.rejection());
      }
    }
    List<Outcome<FoundDigits.Read>> outcomes = digits.read(found);
    int[][] confusion = new int[CLASSES][CLASSES];
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Ok<FoundDigits.Read> ok) {
        count(seen.get(i), ok.value(), confusion);
      } else if (outcomes.get(i) instanceof Outcome.Rejected<FoundDigits.Read> no) {
        reject(seen.get(i), no.rejection());
      }
    }
    print(set, confusion);
    String sheets = System.getProperty("sheets");
    if (sheets != null) {
      ContactSheet.write(Path.of(sheets), set + "-rejected", rejected);
      ContactSheet.write(Path.of(sheets), set + "-misread", misread);
    }
  }

  private void count(Seen seen, FoundDigits.Read read, int[][] confusion) {
    Optional<Rejection> rejection = OneDigit.rejection(read.reading());
    if (rejection.isPresent()) {
      reject(seen, rejection.get());
      return;
    }
    int digit = read.reading().digit();
    confusion[seen.label][digit]++;
    if (digit != seen.label) {
      String title = seen.label + " as " + digit + "  " + seen.name;
      misread.add(new ContactSheet.Item(title, seen.scan, read.image()));
    }
  }

  private void takeAll(String set) throws IOException {
    switch (set) {
      case "blank" -> drawBlank();
      case "paper", "clean" -> drawDigits(set.equals("paper"));
      default -> takeZip(set);
    }
  }

  private void drawBlank() {
    DrawnPaper paper = new DrawnPaper(7);
    for (int i = 0; i < DRAWN; i++) {
      take("0/" + i, paper.blank());
    }
  }

  private void drawDigits(boolean onPaper) {
    byte[][] digits = MnistDigits.images("t10k");
    byte[] labels = MnistDigits.labels("t10k");
    DrawnPaper paper = new DrawnPaper(8);
    for (int i = 0; i < digits.length; i += onPaper ? 5 : 1) {
      GreyImage scan = Drawing.scan(digits[i], 20 + i % 181, i);
      take(labels[i] + "/" + i, onPaper ? paper.with(scan) : scan);
    }
  }

  private void takeZip(String set) throws IOException {
    try (ZipFile zip = new ZipFile(set)) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (!entry.isDirectory()) {
          take(entry.getName(), scan(zip, entry));
        }
      }
    }
  }

  private GreyImage scan(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry);
        ScanPages pages = decoder.decode(in.readAllBytes())) {
      return ((Outcome.Ok<GreyImage>) pages.next()).value();
    }
  }

  private void take(String name, GreyImage scan) {
    int label = Character.digit(name.charAt(0), 10);
    scans.add(new Seen(label, name.substring(name.indexOf('/') + 1), scan));
  }

  private void reject(Seen seen, Rejection rejection) {
    reasons.merge(rejection.reason(), 1, Integer::sum);
    String title = rejection.reason().name().substring(0, 5) + " " + seen.name;
    rejected.add(new ContactSheet.Item(title, seen.scan, null));
  }

  private void print(String set, int[][] confusion) {
    int right = 0;
    for (int digit = 0; digit < CLASSES; digit++) {
      right += confusion[digit][digit];
    }
    int all = right + misread.size() + rejected.size();
    System.out.printf(
        Locale.ROOT,
        "%-26s %6d scans, %6.2f %% right, %5.2f %% rejected %s, %d read%n",
        set,
        all,
        100.0 * right / all,
        100.0 * rejected.size() / all,
        reasons,
        all - rejected.size());
    if (System.getProperty("confusion") != null) {
      printConfusion(confusion);
    }
  }

  private static void printConfusion(int[][] confusion) {
    for (int label = 0; label < CLASSES; label++) {
      StringBuilder line = new StringBuilder("  " + label + ":");
      for (int count : confusion[label]) {
        line.append(String.format("%6d", count));
      }
      System.out.println(line);
    }
  }
}
