// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells which digit an image really is, where that is known. */
public interface Truth extends Serializable {

  /** Where nothing is known. */
  Truth UNKNOWN = (source, entry) -> OptionalInt.empty();

  /**
   * Returns the true digit, 0 to 9, if it is known.
   *
   * @param source of the image, as {@link Place#source}
   * @param entry its name
   */
  OptionalInt of(String source, String entry);

  /**
   * Returns the true number, leading zeros kept, if it is known.
   *
   * @param source of its image
   * @param sheet which copy of the form it is of
   */
  default Optional<String> number(String source, String sheet) {
    return Optional.empty();
  }

  /**
   * Returns the true number, leading zeros kept, if it is known.
   *
   * @param source of its image, or what a number of cells is called
   * @param sheet which copy of the form it is of
   * @param field of the form that it stands in
   */
  default Optional<String> number(String source, String sheet, String field) {
    return number(source, sheet);
  }

  /** Returns the true digit, 0 to 9, if it is known. */
  default OptionalInt of(Place place) {
    return of(place.source(), place.entry());
  }
}
