/** Chunks of ranges, worked off on executors. */
package org.digitrecognizer.jobs.score.run;
