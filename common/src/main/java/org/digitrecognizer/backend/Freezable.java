package org.digitrecognizer.backend;

/**
 * A layer that reads faster, and each image alike wherever it stands in a batch, once its
 * parameters are final.
 */
interface Freezable {

  /** Promises that the parameters do not change any more. */
  void freeze();
}
