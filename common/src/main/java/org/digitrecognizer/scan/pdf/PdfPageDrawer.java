// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.pdf;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDVectorFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDTransparencyGroup;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.state.PDGraphicsState;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;

/** Draws a page within a budget. */
final class PdfPageDrawer extends PageDrawer {

  /** Line width in points below which PDFBox does not go. */
  private static final double THINNEST = 0.25;

  /** How many times its pixels it takes to draw a soft mask. */
  private static final double MASK = 4;

  /** How many pixels could be painted while a dash is cut. */
  private static final double DASH = 100;

  /** Pixels below which PDFBox makes no dash. */
  private static final double SHORTEST_DASH = 0.06;

  /** How many points each kind of segment has, as {@link PathIterator} numbers them. */
  private static final int[] POINTS = {1, 1, 2, 3, 0};

  /** How far the corner of a line's square end is from its point, in half line widths. */
  private static final double SQUARE_END = Math.sqrt(2);

  /** Around each glyph of each font, in the font's units. PDFBox has these too, for itself. */
  private final Map<PDFont, Map<Integer, Rectangle2D>> glyphs = new HashMap<>();

  private final PdfBudget budget;
  private final PdfColourCost colours;

  private PdfPageDrawer(PageDrawerParameters parameters, PdfBudget budget) throws IOException {
    super(parameters);
    this.budget = budget;
    this.colours = new PdfColourCost(budget);
  }

  /** Returns what draws all pages of a document so. */
  static PDFRenderer renderer(PDDocument document, PdfBudget budget) {
    return new PDFRenderer(document) {
      @Override
      protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
        return new PdfPageDrawer(parameters, budget);
      }
    };
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
  protected void showGlyph(Matrix matrix, PDFont font, int code, Vector displacement)
      throws IOException {
    budget.countCommand();
    super.showGlyph(matrix, font, code, displacement);
  }

  @Override
  protected void showFontGlyph(Matrix matrix, PDFont font, int code, Vector displacement)
      throws IOException {
    if (font instanceof PDVectorFont vector) {
      AffineTransform toPage = matrix.createAffineTransform();
      toPage.concatenate(font.getFontMatrix().createAffineTransform());
      Shape shape = toPage.createTransformedShape(bounds(font, vector, code));
      boolean outlined = getGraphicsState().getTextState().getRenderingMode().isStroke();
      countPainted(outlined ? grown(shape) : shape, fillCost());
    }
    super.showFontGlyph(matrix, font, code, displacement);
  }

  private Rectangle2D bounds(PDFont font, PDVectorFont vector, int code) throws IOException {
    Map<Integer, Rectangle2D> known = glyphs.computeIfAbsent(font, any -> new HashMap<>());
    Rectangle2D bounds = known.get(code);
    if (bounds == null) {
      bounds = vector.getNormalizedPath(code).getBounds2D();
      known.put(code, bounds);
    }
    return bounds;
  }

  @Override
  public void fillPath(int windingRule) throws IOException {
    countPainted(getLinePath(), fillCost());
    super.fillPath(windingRule);
  }

  @Override
  public void strokePath() throws IOException {
    countPainted(grown(getLinePath()), colours.of(getGraphicsState().getStrokingColor()));
    countDashes(getLinePath());
    super.strokePath();
  }

  @Override
  public void shadingFill(COSName shadingName) throws IOException {
    double cost = colours.of(getResources().getShading(shadingName));
    countPainted(getGraphicsState().getCurrentClippingPath(), cost);
    super.shadingFill(shadingName);
  }

  @Override
  public void drawImage(PDImage image) throws IOException {
    Matrix matrix = getGraphicsState().getCurrentTransformationMatrix();
    countPainted(new PDRectangle(1, 1).transform(matrix), 1);
    // PDFBox makes a large image small each time that it is drawn.
    budget.countPainted((double) image.getWidth() * image.getHeight() * colours.of(image));
    super.drawImage(image);
  }

  @Override
  public void showTransparencyGroup(PDTransparencyGroup group) throws IOException {
    countPainted(getGraphicsState().getCurrentClippingPath(), 1);
    super.showTransparencyGroup(group);
  }

  /** Returns a rectangle around what a pen paints that goes along a shape. */
  private Rectangle2D grown(Shape shape) {
    PDGraphicsState state = getGraphicsState();
    double reach = Math.max(transformWidth(state.getLineWidth()), THINNEST) / 2;
    // Where two lines meet at a sharp angle, their corner reaches further.
    boolean mitre = state.getLineJoin() == BasicStroke.JOIN_MITER;
    reach *= Math.max(SQUARE_END, mitre ? state.getMiterLimit() : 1);
    Rectangle2D bounds = shape.getBounds2D();
    return new Rectangle2D.Double(
        bounds.getX() - reach,
        bounds.getY() - reach,
        bounds.getWidth() + 2 * reach,
        bounds.getHeight() + 2 * reach);
  }

  private double fillCost() throws IOException {
    return colours.of(getGraphicsState().getNonStrokingColor());
  }

  /**
   * Counts the rectangle around a shape, as far as it is not cut off: in points, as pixels.
   *
   * @param cost of a pixel
   */
  private void countPainted(Shape shape, double cost) throws IOException {
    Rectangle2D clip = getGraphicsState().getCurrentClippingPath().getBounds2D();
    Rectangle2D painted = clip.createIntersection(shape.getBounds2D());
    double pixels = Math.abs(getGraphics().getTransform().getDeterminant());
    if (!painted.isEmpty()) {
      budget.countPainted(painted.getWidth() * painted.getHeight() * pixels * cost);
    }
    if (getGraphicsState().getSoftMask() != null && !clip.isEmpty()) {
      // PDFBox draws the mask again for everything that is painted through it.
      budget.countPainted(clip.getWidth() * clip.getHeight() * pixels * MASK);
    }
  }

  /** Counts the dashes of a line, which are cut however far it reaches beyond the page. */
  private void countDashes(Shape path) throws IOException {
    float[] dashes = getGraphicsState().getLineDashPattern().getDashArray();
    double period = 0;
    for (float dash : dashes) {
      period += Math.max(SHORTEST_DASH, transformWidth(dash));
    }
    if (dashes.length > 0) {
      double pixels = Math.sqrt(Math.abs(getGraphics().getTransform().getDeterminant()));
      budget.countPainted(length(path) * pixels / period * dashes.length * DASH);
    }
  }

  /** Returns the length of a path along its points, those of its curves too. */
  private static double length(Shape path) {
    double length = 0;
    double[] points = new double[6];
    double x = 0;
    double y = 0;
    for (PathIterator at = path.getPathIterator(null); !at.isDone(); at.next()) {
      int count = POINTS[at.currentSegment(points)];
      for (int i = 0; i < 2 * count; i += 2) {
        length += Math.hypot(points[i] - x, points[i + 1] - y);
        x = points[i];
        y = points[i + 1];
      }
    }
    return length;
  }
}
