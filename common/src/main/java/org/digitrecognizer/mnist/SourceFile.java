// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.mnist;

/**
 * A file that data came from.
 *
 * @param path where it was
 * @param bytes its length as stored
 * @param sha256 of the file as stored, in hexadecimal
 */
public record SourceFile(String path, long bytes, String sha256) {}
