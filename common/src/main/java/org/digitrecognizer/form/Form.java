// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import java.io.Serializable;
import java.util.List;

/**
 * What the images of a run hold.
 *
 * @param name of the template
 * @param image what one image is
 * @param group a regular expression with the groups sheet, field and position, which tells a cell
 *     by its name; null unless images are cells
 * @param fields at least one
 * @param sha256 of the form's file, in hexadecimal
 */
public record Form(String name, ImageKind image, String group, List<Field> fields, String sha256)
    implements Serializable {

  /** What one image is. */
  public enum ImageKind {
    /** One digit of a number. */
    CELLS,
    /** One number, written freely or in printed cells. */
    NUMBER
  }

  /** Copies the fields. */
  public Form {
    fields = List.copyOf(fields);
  }
}
