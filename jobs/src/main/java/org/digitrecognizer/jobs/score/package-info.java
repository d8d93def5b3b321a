/**
 * Scores archives of scans overnight: finds the files that are new, plans them in ranges of
 * entries, reads the ranges chunk by chunk on the executors, and commits each chunk once. {@link
 * org.digitrecognizer.jobs.score.Scorer} does the work; the job around it is its command line.
 */
package org.digitrecognizer.jobs.score;
