// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.pdf;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.rendering.ImageType;
import org.digitrecognizer.digit.FileSignature;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanPages;
import org.digitrecognizer.scan.decode.GreyConversion;
import org.digitrecognizer.scan.decode.Guard;
import org.digitrecognizer.scan.decode.ImageDecoder;
import org.digitrecognizer.scan.decode.ImagePlugins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes PDF documents. A page that is one scanned image and nothing else gives that image, with
 * the pixels it has; any other page is drawn at 300 dpi. Any number of threads may share one.
 */
public final class PdfDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(PdfDecoder.class);

  private static final int DPI = 300;
  private static final int POINTS_PER_INCH = 72;

  private final ScanLimits limits;

  public PdfDecoder(ScanLimits limits) {
    this.limits = limits;
    ImagePlugins.register();
  }

  public ScanPages decode(byte[] bytes) {
    PdfBudget budget = new PdfBudget(limits);
    Outcome<ScanPages> pages =
        budget.unlessExceeded(Guard.call(FileSignature.PDF.description, () -> open(bytes, budget)));
    if (pages instanceof Outcome.Ok<ScanPages> ok) {
      return ok.value();
    }
    return ScanPages.single(new Outcome.Rejected<>(((Outcome.Rejected<?>) pages).rejection()));
  }

  private Outcome<ScanPages> open(byte[] bytes, PdfBudget budget) throws IOException {
    PDDocument document;
    try {
      document = new PdfLoader(bytes, budget).parse();
    } catch (InvalidPasswordException e) {
      return Outcome.rejected(Reason.ENCRYPTED, "The document needs a password");
    }
    int count = document.getNumberOfPages();
    if (count >= 1 && count <= limits.pages()) {
      return Outcome.ok(new ScanPages(new Pages(document, count, budget)));
    }
    close(document);
    return count < 1
        ? Outcome.rejected(Reason.CORRUPT, "The document has no page")
        : ImageDecoder.tooManyPages(count, limits);
  }

  private final class Pages implements ScanPages.Source {

    private final PDDocument document;
    private final int count;
    private final PdfBudget budget;

    private Pages(PDDocument document, int count, PdfBudget budget) {
      this.document = document;
      this.count = count;
      this.budget = budget;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public Outcome<GreyImage> page(int index) {
      budget.refill();
      return budget.unlessExceeded(
          Guard.call("page " + index + " of a PDF document", () -> read(document, index, budget)));
    }

    @Override
    public void close() {
      PdfDecoder.close(document);
    }
  }

  /** What was to be read has been read: a document that cannot be closed has cost nothing. */
  @SuppressWarnings("CatchingUnchecked")
  static void close(PDDocument document) {
    try {
      document.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("A PDF document was read, but could not be closed: {}", e.toString());
    }
  }

  private Outcome<GreyImage> read(PDDocument document, int index, PdfBudget budget)
      throws IOException {
    PDPage page = document.getPage(index);
    // PDFBox goes through a page's commands as they unpack, where no budget sees them.
    page.getContentsForRandomAccess();
    budget.requireKept();
    PdfPageContent content = new PdfPageContent(page, limits.pixels(), budget);
    content.run();
    if (content.largest() != null) {
      PDImage image = content.largest();
      return ImageDecoder.tooManyPixels(image.getWidth(), image.getHeight(), limits);
    }
    if (content.unreadable() != null) {
      return Outcome.rejected(
          Reason.UNSUPPORTED_FORMAT,
          "The page holds " + content.unreadable() + ", which is not read");
    }
    PDImage only = content.onlyImage();
    if (only != null) {
      GreyImage image = GreyConversion.convert(only.getImage());
      return Outcome.ok(content.density().square(image, limits.pixels()));
    }
    return draw(document, page, index, budget);
  }

  private Outcome<GreyImage> draw(PDDocument document, PDPage page, int index, PdfBudget budget)
      throws IOException {
    PDRectangle box = page.getCropBox();
    double scale = (double) DPI / POINTS_PER_INCH * page.getUserUnit();
    long width = Math.max(1, Math.round(box.getWidth() * scale));
    long height = Math.max(1, Math.round(box.getHeight() * scale));
    if (width * (double) height > limits.pixels()) {
      return ImageDecoder.tooManyPixels(width, height, limits);
    }
    budget.refillCommands();
    BufferedImage image =
        PdfPageDrawer.renderer(document, budget).renderImage(index, (float) scale, ImageType.RGB);
    return Outcome.ok(GreyConversion.convert(image));
  }
}
