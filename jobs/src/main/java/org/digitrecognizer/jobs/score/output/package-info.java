/** The files of an output: layout, identity, commit records, rows, sums. */
package org.digitrecognizer.jobs.score.output;
