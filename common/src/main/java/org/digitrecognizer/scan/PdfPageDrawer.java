package org.digitrecognizer.scan;

import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDTransparencyGroup;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;

/** Draws a page within a budget. */
final class PdfPageDrawer extends PageDrawer {

  private final PdfBudget budget;

  private PdfPageDrawer(PageDrawerParameters parameters, PdfBudget budget) throws IOException {
    super(parameters);
    this.budget = budget;
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
  public void fillPath(int windingRule) throws IOException {
    countPainted(getLinePath());
    super.fillPath(windingRule);
  }

  @Override
  public void strokePath() throws IOException {
    countPainted(getLinePath());
    super.strokePath();
  }

  @Override
  public void shadingFill(COSName shadingName) throws IOException {
    countPainted(getGraphicsState().getCurrentClippingPath());
    super.shadingFill(shadingName);
  }

  @Override
  public void drawImage(PDImage image) throws IOException {
    Matrix matrix = getGraphicsState().getCurrentTransformationMatrix();
    countPainted(new PDRectangle(1, 1).transform(matrix));
    super.drawImage(image);
  }

  @Override
  public void showTransparencyGroup(PDTransparencyGroup group) throws IOException {
    countPainted(getGraphicsState().getCurrentClippingPath());
    super.showTransparencyGroup(group);
  }

  /** Counts the rectangle around a shape, as far as it is not cut off: in points, as pixels. */
  private void countPainted(Shape shape) throws IOException {
    Rectangle2D clip = getGraphicsState().getCurrentClippingPath().getBounds2D();
    Rectangle2D painted = clip.createIntersection(shape.getBounds2D());
    if (!painted.isEmpty()) {
      double pixels = Math.abs(getGraphics().getTransform().getDeterminant());
      budget.countPainted(painted.getWidth() * painted.getHeight() * pixels);
    }
  }
}
