// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

/**
 * Which cell of a form an image is.
 *
 * @param sheet which copy of the form
 * @param field name of a field of the form
 * @param position of the cell in its number, as the image's name says it; counted from 0 or 1
 */
public record CellName(String sheet, String field, int position) {}
