// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report.picture;

import java.awt.Color;

/** The colours of a chart on light and on dark paper; style.css has the same two papers. */
public enum Palette {
  /** Light paper. */
  LIGHT(0xffffff, 0x4a5560, 0xe3e7eb, 0x2367a8, 0xc8572a, 0x8a949e),

  /** Dark paper. */
  DARK(0x1b2027, 0xb4bec9, 0x343c46, 0x77b0ea, 0xf09a6a, 0x7f8a96);

  public final Color paper;
  public final Color text;
  public final Color grid;

  /** Of the first series. */
  public final Color first;

  /** Of the second series, and of what must stand out. */
  public final Color second;

  /** Of lines that only guide the eye. */
  public final Color guide;

  Palette(int paper, int text, int grid, int first, int second, int guide) {
    this.paper = new Color(paper);
    this.text = new Color(text);
    this.grid = new Color(grid);
    this.first = new Color(first);
    this.second = new Color(second);
    this.guide = new Color(guide);
  }
}
