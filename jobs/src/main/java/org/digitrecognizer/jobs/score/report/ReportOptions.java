package org.digitrecognizer.jobs.score.report;

import org.apache.hadoop.fs.Path;

/**
 * What a report is told of the run.
 *
 * @param archives that were read, as the user named them
 * @param model the model directory
 * @param labels where the true digits come from, as the page says it; null for nowhere
 * @param form whether the images hold numbers, under a form
 * @param targetError the error rate that what is read without a person may have, 0..1
 * @param doubleKey whether two people are to key each item of the desk blind
 */
public record ReportOptions(
    String archives,
    Path model,
    String labels,
    boolean form,
    double targetError,
    boolean doubleKey) {}
