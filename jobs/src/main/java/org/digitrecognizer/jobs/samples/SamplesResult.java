// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import org.apache.hadoop.fs.Path;

/**
 * What was made.
 *
 * @param archive the archive, or the folder, of the scans
 * @param labels a CSV file that says of each scan's entry which digit it shows, or of each sheet
 *     and field which number
 * @param images how many scans of a digit, or of a number
 * @param extras how many entries besides that must be rejected; they have no label
 */
public record SamplesResult(Path archive, Path labels, long images, int extras) {}
