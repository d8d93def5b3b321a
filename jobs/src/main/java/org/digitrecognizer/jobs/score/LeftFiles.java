package org.digitrecognizer.jobs.score;

/**
 * Files that a run has left, since they were not to be read by it.
 *
 * @param deferred that changed too recently
 * @param changed that were rewritten since they were read
 * @param unread that could not be read to their end before, and can be tried again
 */
record LeftFiles(long deferred, long changed, long unread) {

  static final LeftFiles NONE = new LeftFiles(0, 0, 0);
}
