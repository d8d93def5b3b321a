// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.ScanThumbnail;

/** Reads pages that are cells of numbers, one digit each; rejects those that are no cell. */
public final class CellPages implements ScanReading.Pages {

  private final CellPlaces cells;
  private final ScanReading.Pages digits;
  private final ScanReading.Rejects sink;

  /**
   * @param cells which images are cells
   * @param digits reads those that are
   * @param sink where it is said of the others that they are none
   */
  public CellPages(CellPlaces cells, ScanReading.Pages digits, ScanReading.Rejects sink) {
    this.cells = cells;
    this.digits = digits;
    this.sink = sink;
  }

  @Override
  public void read(Place place, GreyImage scan) throws IOException {
    if (cells.of(place).isPresent()) {
      digits.read(place, scan);
    } else {
      Rejection rejection = new Rejection(Reason.NOT_ON_FORM, cells.problem(place));
      sink.rejected(place, rejection, ScanThumbnail.of(scan));
    }
  }

  @Override
  public void flush() throws IOException {
    digits.flush();
  }
}
