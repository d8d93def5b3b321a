// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

  /** Returns the fields that a rule couples with other numbers: {@code once}, or a total. */
  public Set<String> coupled() {
    Set<String> coupled = new TreeSet<>();
    for (Field field : fields) {
      if (field.once() || !field.total().isEmpty()) {
        coupled.add(field.name());
      }
      coupled.addAll(field.total());
    }
    return coupled;
  }
}
