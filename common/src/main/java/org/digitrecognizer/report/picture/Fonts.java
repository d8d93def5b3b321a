// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report.picture;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this Java can write text into a picture. A small container often has no fonts, and a
 * night's work must not be lost for want of a chart.
 */
final class Fonts {

  private static final Logger LOG = LoggerFactory.getLogger(Fonts.class);
  private static final boolean AVAILABLE = probe();

  private Fonts() {}

  static boolean available() {
    return AVAILABLE;
  }

  private static boolean probe() {
    try {
      Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
      return font.getStringBounds("0", new FontRenderContext(null, true, true)).getWidth() > 0;
    } catch (RuntimeException | Error e) {
      // Which of many it is depends on what is missing: fontconfig, FreeType, a font, a display.
      LOG.warn("Reports will have no charts, since this Java cannot use fonts: {}", e.toString());
      return false;
    }
  }
}
