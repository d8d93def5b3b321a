/**
 * Counts of what an output has: by archive, by run, and in all; and which answers are of what it
 * has now.
 */
package org.digitrecognizer.jobs.score.tally;
