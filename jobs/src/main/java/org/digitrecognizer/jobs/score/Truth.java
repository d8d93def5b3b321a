package org.digitrecognizer.jobs.score;

import java.io.Serializable;
import java.util.OptionalInt;

/** Tells which digit an image really is, where that is known. */
interface Truth extends Serializable {

  /** Where nothing is known. */
  Truth UNKNOWN = place -> OptionalInt.empty();

  /** Returns the true digit, 0 to 9, if it is known. */
  OptionalInt of(Place place);
}
