/** Totals, pictures and reports of an output. */
package org.digitrecognizer.jobs.score.report;
