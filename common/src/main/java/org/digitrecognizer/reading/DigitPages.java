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

/** Reads pages that hold one digit each, in the network's batches. */
public final class DigitPages implements ScanReading.Pages {

  private final ScanNormaliser normaliser;
  private final DigitReader reader;
  private final Truth truth;
  private final ScanReading.Sink sink;
  private final List<Waiting> batch = new ArrayList<>(DigitReader.BATCH_SIZE);

  /** A digit that waits for its batch to be full. */
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
    batch.add(new Waiting(place, ((Outcome.Ok<DigitImage>) digit).value(), thumbnail));
    if (batch.size() == DigitReader.BATCH_SIZE) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    List<DigitImage> images = batch.stream().map(Waiting::image).toList();
    List<Reading> readings = reader.read(images);
    for (int i = 0; i < readings.size(); i++) {
      Waiting waiting = batch.get(i);
      sink.read(
          waiting.place, waiting.image, waiting.scan, readings.get(i), truth.of(waiting.place));
    }
    batch.clear();
  }
}
