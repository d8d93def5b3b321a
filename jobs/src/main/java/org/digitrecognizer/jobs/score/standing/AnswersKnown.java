// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.util.List;

/**
 * Which answers of people something was made from.
 *
 * @param answers names of the files of answers that were known
 * @param doubleKey whether two people are to key each item
 */
public record AnswersKnown(List<String> answers, boolean doubleKey) {}
