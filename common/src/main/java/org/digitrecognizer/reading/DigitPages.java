// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.scan.ScanThumbnail;

/** Reads pages that hold one digit each, many at once. */
public final class DigitPages implements ScanReading.Pages {

  private final ScanNormaliser normaliser;
  private final DigitReader reader;
  private final Truth truth;
  private final ScanReading.Sink sink;
  private final List<Waiting> waiting = new ArrayList<>(DigitReader.READ_AT_ONCE);

  /** A digit that waits for others. */
  private record Waiting(Place place, DigitImage image, GreyImage scan) {}

  public DigitPages(
      ScanNormaliser normaliser, DigitReader reader, Truth truth, ScanReading.Sink sink) {
    this.normaliser = normaliser;
    this.reader = reader;
    this.truth = truth;
    this.sink = sink;
  }

  @Override
  public void read(Place place, GreyImage scan) throws IOException {
    Outcome<DigitImage> digit = normaliser.normalise(scan);
    GreyImage thumbnail = ScanThumbnail.of(scan);
    if (digit instanceof Outcome.Rejected<DigitImage> rejected) {
      sink.rejected(place, rejected.rejection(), thumbnail);
      return;
    }
    waiting.add(new Waiting(place, ((Outcome.Ok<DigitImage>) digit).value(), thumbnail));
    if (waiting.size() == DigitReader.READ_AT_ONCE) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    List<DigitImage> images = waiting.stream().map(Waiting::image).toList();
    List<Reading> readings = reader.read(images);
    for (int i = 0; i < readings.size(); i++) {
      Waiting digit = waiting.get(i);
      sink.read(digit.place, digit.image, digit.scan, readings.get(i), truth.of(digit.place));
    }
    waiting.clear();
  }
}
