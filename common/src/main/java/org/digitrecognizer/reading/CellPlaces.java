// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.Serializable;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.form.CellName;
import org.digitrecognizer.form.CellNames;
import org.digitrecognizer.form.Form;

/**
 * Where the cells of a form's numbers are: which cell an image is, and in which archive its number
 * lies. All loose files below the run's folder are one archive, named after that folder.
 */
public final class CellPlaces implements Serializable {

  private static final long serialVersionUID = 1L;

  private final CellNames names;
  private final SourceRoot root;

  /**
   * @param form whose images are cells
   * @param root that loose files lie below
   */
  public CellPlaces(Form form, SourceRoot root) {
    this.names = new CellNames(form);
    this.root = root;
  }

  /**
   * Returns which cell an image is; empty if it is none of the form's. A loose file that cannot be
   * read is one by its own name, the unreadable rest of an archive is none.
   */
  public Optional<CellName> of(Place place) {
    return place.entry() == null && place.ordinal() != 0 ? Optional.empty() : names.of(name(place));
  }

  /** Returns why an image is no cell of the form, in one line. */
  String problem(Place place) {
    return names.problem(name(place));
  }

  private String name(Place place) {
    String entry = place.entry() == null ? new Path(place.archive()).getName() : place.entry();
    return root.nameOf(place.source(), entry);
  }

  /** Returns the archive of numbers whose cells are loose files. */
  public String looseArchive() {
    String folder = root.folder();
    return folder.substring(0, folder.length() - 1);
  }

  /**
   * Returns what a number is called where one image is: {@code archive!/sheet#field}.
   *
   * @param archive that its cells lie in
   */
  public static String numberName(String archive, String sheet, String field) {
    return archive + "!/" + sheet + "#" + field;
  }
}
