// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import org.apache.hadoop.fs.Path;

/**
 * Which sample scans to make.
 *
 * @param source the directory with the four files of MNIST
 * @param output the directory that the archive and its labels go into
 * @param split {@code train} or {@code test}
 * @param numbers a form whose numbers are drawn; null for single digits
 * @param images how many scans, or sheets of the form, at least 1; beyond what the split has, its
 *     digits come again
 * @param minSize the smallest side of a digit's 28×28 frame as it is drawn, in pixels, at least 1
 * @param maxSize the largest side, at least the smallest
 * @param paper whether they are drawn on paper with texture, print and shadows
 * @param archive what the scans are packed into
 * @param seed of all that is random
 * @param extras whether to add what a reader of scans must reject
 * @param overwrite whether sample scans that are there may be replaced
 */
public record SamplesOptions(
    Path source,
    Path output,
    String split,
    Path numbers,
    long images,
    int minSize,
    int maxSize,
    boolean paper,
    ArchiveKind archive,
    long seed,
    boolean extras,
    boolean overwrite) {}
