package org.digitrecognizer.jobs.score.report;

import org.apache.hadoop.fs.Path;

/**
 * What a report is told of the run.
 *
 * @param archives that were read, as the user named them
 * @param model the model directory
 * @param labels where the true digits come from, as the page says it; null for nowhere
 * @param targetError the error rate that what is read without a person may have, 0..1
 * @param doubleKey whether two people are to key each item of the desk blind
 * @param audit how many of what stands without a person are drawn in a run for people to check
 */
public record ReportOptions(
    String archives, Path model, String labels, double targetError, boolean doubleKey, int audit) {}
