package org.digitrecognizer.jobs.score;

import java.io.Serializable;

/**
 * What a task made of its ranges.
 *
 * @param predictions file of staged predictions; null if there are none
 * @param rejected file of staged rejects; null if there are none
 * @param found how many images there were, counted while reading and not by the rows written
 * @param pictures worth showing
 */
record TaskResult(String predictions, String rejected, long found, Pictures pictures)
    implements Serializable {}
