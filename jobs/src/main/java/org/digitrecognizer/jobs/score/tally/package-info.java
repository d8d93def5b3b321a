/** Counts of what an output has: by archive, by run, and in all. */
package org.digitrecognizer.jobs.score.tally;
