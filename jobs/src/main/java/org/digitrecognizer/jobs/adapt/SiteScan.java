// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import java.io.Serializable;
import org.digitrecognizer.digit.LabelledDigit;

/**
 * A labelled scan of the site.
 *
 * @param archive that it lies in; empty for a file that is no archive
 * @param folder the part of its name before the last slash, in the archive or below the files' root
 * @param origin what the user's pattern finds in its name; null without a pattern
 * @param digit what the network sees, and the truth
 */
record SiteScan(String archive, String folder, String origin, LabelledDigit digit)
    implements Serializable {}
