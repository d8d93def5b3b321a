// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.pdf;

import java.awt.geom.Point2D;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.PDFGraphicsStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.digitrecognizer.scan.decode.PixelDensity;

/**
 * Goes through what a page draws without drawing it: is it one image all over the page, as a
 * scanner makes it, and is any image too large or of a format that is not read?
 */
final class PdfPageContent extends PDFGraphicsStreamEngine {

  /** An image that leaves less than this share of a side free covers the page. */
  private static final double TOLERANCE = 0.01;

  private final long mostPixels;
  private final PdfBudget budget;
  private final PdfColourCost colours;
  private int drawn;
  private PDImage image;
  private boolean covers;
  private PixelDensity density;
  private PDImage largest;
  private String unreadable;
  private Point2D.Float current = new Point2D.Float();

  PdfPageContent(PDPage page, long mostPixels, PdfBudget budget) {
    super(page);
    this.mostPixels = mostPixels;
    this.budget = budget;
    this.colours = new PdfColourCost(budget);
  }

  void run() throws IOException {
    processPage(getPage());
    if (!getPage().getAnnotations().isEmpty()) {
      drawn++;
    }
  }

  /** Returns the image if the page is nothing but one, upright, all over it; else null. */
  PDImage onlyImage() {
    return drawn == 1 && covers ? image : null;
  }

  /** Returns how the only image's pixels lie on the page. */
  PixelDensity density() {
    return density;
  }

  /** Returns an image that has more pixels than allowed, or null. */
  PDImage largest() {
    return largest;
  }

  /** Returns what kind of image is on the page that is not read, or null. */
  String unreadable() {
    return unreadable;
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    budget.countCommand();
    if (operator.getName().equals(OperatorName.BEGIN_INLINE_IMAGE)) {
      budget.check(operator);
    }
    super.processOperator(operator, operands);
  }

  @Override
  public void drawImage(PDImage drawnImage) throws IOException {
    drawn++;
    image = drawnImage;
    if ((long) drawnImage.getWidth() * drawnImage.getHeight() > mostPixels) {
      largest = drawnImage;
    }
    if (drawnImage instanceof PDImageXObject object) {
      List<COSName> filters = object.getStream().getFilters();
      if (filters != null && filters.contains(COSName.JPX_DECODE)) {
        unreadable = "a JPEG 2000 image";
      }
    }
    if (unreadable == null && largest == null) {
      budget.countPainted(
          (double) drawnImage.getWidth() * drawnImage.getHeight() * colours.of(drawnImage));
    }
    Matrix matrix = getGraphicsState().getCurrentTransformationMatrix();
    covers = isPlain(drawnImage) && coversPage(matrix);
    density =
        new PixelDensity(
            drawnImage.getWidth() / matrix.getScaleX(),
            drawnImage.getHeight() / matrix.getScaleY());
  }

  private static boolean isPlain(PDImage drawnImage) throws IOException {
    return !drawnImage.isStencil()
        && drawnImage instanceof PDImageXObject object
        && object.getSoftMask() == null
        && object.getMask() == null;
  }

  private boolean coversPage(Matrix matrix) {
    PDRectangle box = getPage().getCropBox();
    double slackX = TOLERANCE * box.getWidth();
    double slackY = TOLERANCE * box.getHeight();
    double left = matrix.getTranslateX() - box.getLowerLeftX();
    double bottom = matrix.getTranslateY() - box.getLowerLeftY();
    return getPage().getRotation() == 0
        && matrix.getShearX() == 0
        && matrix.getShearY() == 0
        && Math.abs(left) <= slackX
        && Math.abs(bottom) <= slackY
        && Math.abs(left + matrix.getScaleX() - box.getWidth()) <= slackX
        && Math.abs(bottom + matrix.getScaleY() - box.getHeight()) <= slackY;
  }

  @Override
  protected void showGlyph(Matrix matrix, PDFont font, int code, Vector displacement)
      throws IOException {
    budget.countCommand();
    if (getGraphicsState().getTextState().getRenderingMode().isFill()
        || getGraphicsState().getTextState().getRenderingMode().isStroke()) {
      drawn++;
    }
  }

  @Override
  public void strokePath() {
    drawn++;
  }

  @Override
  public void fillPath(int windingRule) {
    drawn++;
  }

  @Override
  public void fillAndStrokePath(int windingRule) {
    drawn++;
  }

  @Override
  public void shadingFill(COSName shadingName) {
    drawn++;
  }

  @Override
  public void appendRectangle(Point2D p0, Point2D p1, Point2D p2, Point2D p3) {
    moveTo((float) p0.getX(), (float) p0.getY());
  }

  @Override
  public void moveTo(float x, float y) {
    current = new Point2D.Float(x, y);
  }

  @Override
  public void lineTo(float x, float y) {
    moveTo(x, y);
  }

  @Override
  public void curveTo(float x1, float y1, float x2, float y2, float x3, float y3) {
    moveTo(x3, y3);
  }

  @Override
  public Point2D getCurrentPoint() {
    return current;
  }

  @Override
  public void clip(int windingRule) {
    // What is cut off does not matter for what is drawn.
  }

  @Override
  public void closePath() {
    // Paths count when they are filled or stroked.
  }

  @Override
  public void endPath() {
    // Paths count when they are filled or stroked.
  }
}
