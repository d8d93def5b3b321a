// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;

/**
 * What came of the rules that couple numbers.
 *
 * @param conflicts how often such a rule is broken
 * @param open how many numbers these send to a person
 * @param byPerson how many numbers take part as people have keyed them
 * @param withdrawn how many of the open ones stood when an earlier run had come to its end
 * @param fields the open ones by the name of their field
 */
@JsonPropertyOrder({"conflicts", "open", "byPerson", "withdrawn", "fields"})
public record ConflictCounts(
    long conflicts, long open, long byPerson, long withdrawn, Map<String, Long> fields) {}
