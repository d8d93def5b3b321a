// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.reading;

import java.io.Serializable;
import org.digitrecognizer.digit.LabelledDigit;

/**
 * A labelled digit and where it is from.
 *
 * @param source as a report shows it
 * @param digit the image and the truth
 */
public record NamedDigit(String source, LabelledDigit digit) implements Serializable {}
