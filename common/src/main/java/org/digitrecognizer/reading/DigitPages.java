// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.reading.FoundDigits.Found;
import org.digitrecognizer.reading.FoundDigits.Read;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.scan.ScanThumbnail;

/** Reads pages that hold one digit each, many at once. */
public final class DigitPages implements ScanReading.Pages {

  private final FoundDigits digits;
  private final Truth truth;
  private final ScanReading.Sink sink;
  private final List<Waiting> waiting = new ArrayList<>(DigitReader.READ_AT_ONCE);

  /** A digit that waits for others. */
  private record Waiting(Place place, Found digit) {}

  public DigitPages(
      ScanNormaliser normaliser, DigitReader reader, Truth truth, ScanReading.Sink sink) {
    this.digits = new FoundDigits(normaliser, reader);
    this.truth = truth;
    this.sink = sink;
  }

  @Override
  public void read(Place place, GreyImage scan) throws IOException {
    Outcome<Found> found = digits.find(scan);
    if (found instanceof Outcome.Rejected<Found> rejected) {
      sink.rejected(place, rejected.rejection(), ScanThumbnail.of(scan));
      return;
    }
    waiting.add(new Waiting(place, ((Outcome.Ok<Found>) found).value()));
    if (waiting.size() == DigitReader.READ_AT_ONCE) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    List<Outcome<Read>> outcomes = digits.read(waiting.stream().map(Waiting::digit).toList());
    for (int i = 0; i < outcomes.size(); i++) {
      Place place = waiting.get(i).place;
      GreyImage scan = waiting.get(i).digit.scan();
      if (outcomes.get(i) instanceof Outcome.Ok<Read> ok) {
        Read read = ok.value();
        sink.read(place, read.image(), scan, read.reading(), truth.of(place));
      } else if (outcomes.get(i) instanceof Outcome.Rejected<Read> rejected) {
        sink.rejected(place, rejected.rejection(), scan);
      }
    }
    waiting.clear();
  }
}
