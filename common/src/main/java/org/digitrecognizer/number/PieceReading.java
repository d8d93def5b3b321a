// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

/**
 * What the network makes of a piece of ink.
 *
 * @param probabilities ten, of the digits 0 to 9, if it is one
 * @param oneDigit the probability that it is one digit and neither half of one nor more, 0..1; 1
 *     where the model does not say
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record PieceReading(float[] probabilities, double oneDigit) {}
