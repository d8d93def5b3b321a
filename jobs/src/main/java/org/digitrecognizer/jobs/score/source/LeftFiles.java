package org.digitrecognizer.jobs.score.source;

/**
 * Files that a run has left, since they were not to be read by it.
 *
 * @param deferred that changed too recently
 * @param changed that were rewritten since they were read
 * @param unread that could not be read to their end before, and can be tried again
 */
public record LeftFiles(long deferred, long changed, long unread) {

  public static final LeftFiles NONE = new LeftFiles(0, 0, 0);
}
