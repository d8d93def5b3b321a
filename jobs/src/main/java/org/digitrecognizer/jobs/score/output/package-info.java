/** The files of an output: layout, identity, commit records, sums, what must lie there. */
package org.digitrecognizer.jobs.score.output;
