// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.pdf;

import java.io.IOException;
import java.util.IdentityHashMap;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.color.PDColorSpace;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceN;
import org.apache.pdfbox.pdmodel.graphics.color.PDPattern;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.pattern.PDShadingPattern;
import org.apache.pdfbox.pdmodel.graphics.shading.PDShading;

/**
 * How much more a pixel costs than one of plain colour, as often as it is painted: shadings and
 * some colours call functions. For one page.
 */
final class PdfColourCost {

  /** An operation of a function takes so many times what it takes to paint a pixel. */
  private static final long OPERATION = 100;

  private static final double REMEMBERED = 5;

  private final PdfBudget budget;
  private final IdentityHashMap<COSBase, Long> known = new IdentityHashMap<>();

  PdfColourCost(PdfBudget budget) {
    this.budget = budget;
  }

  /**
   * Returns the cost of a pixel of a colour or pattern.
   *
   * @throws IOException if it is one that may take for ever
   */
  double of(PDColor color) throws IOException {
    return color != null
            && color.getColorSpace() instanceof PDPattern patterns
            && patterns.getPattern(color) instanceof PDShadingPattern pattern
        ? of(pattern.getShading())
        : 1;
  }

  /** Returns the cost of a pixel of a shading. */
  double of(PDShading shading) throws IOException {
    if (shading == null) {
      return 1;
    }
    if (shading.getShadingType() >= PDShading.SHADING_TYPE4) {
      // PDFBox goes along the edges of a mesh however far they reach beyond the page, and stands
      // still at an edge that is none.
      throw budget.exceed(
          "The page is coloured by a mesh (shading of type "
              + shading.getShadingType()
              + "), which may take for ever to draw; print the page to an image");
    }
    return ofFunctions(shading.getCOSObject().getDictionaryObject(COSName.FUNCTION));
  }

  /**
   * Returns the cost of a pixel of an image. Only for colours mixed of several inks PDFBox calls a
   * function for each pixel, and remembers most of what it has returned.
   */
  double of(PDImage image) throws IOException {
    if (image.isStencil()) {
      return 1;
    }
    PDColorSpace space = image.getColorSpace();
    double cost = ofFunctions(space.getCOSObject());
    return space instanceof PDDeviceN ? 1 + cost / REMEMBERED : 1;
  }

  private double ofFunctions(COSBase functions) throws IOException {
    if (functions == null) {
      return 1;
    }
    Long cost = known.get(functions);
    if (cost == null) {
      cost = PdfFunctionCost.of(functions);
      known.put(functions, cost);
    }
    if (cost > PdfFunctionCost.MOST) {
      throw budget.exceed("The page is coloured by a function that takes too long");
    }
    return 1 + OPERATION * (double) cost;
  }
}
