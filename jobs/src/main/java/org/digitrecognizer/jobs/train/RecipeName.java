// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

/** The recipes, as the command line has them, and what is theirs where nothing is said. */
enum RecipeName {
  keras(12, 0.5),
  scans(36, 0.3);

  final int epochs;
  final double denseDropout;

  RecipeName(int epochs, double denseDropout) {
    this.epochs = epochs;
    this.denseDropout = denseDropout;
  }
}
