// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.pdf;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageReader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.Filter;
import org.apache.pdfbox.filter.FilterFactory;
import org.digitrecognizer.digit.FileSignature;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.decode.ImagePlugins;
import org.digitrecognizer.scan.decode.JpegSegments;

/**
 * What the streams of a document may still unpack to, and how many commands may still be carried
 * out: forms that draw one another make billions of a few. PDFBox unpacks a stream into memory
 * whole, and may swallow what is thrown at it meanwhile; so it is also remembered that too much was
 * asked for. For one thread.
 */
final class PdfBudget {

  /** Bytes that a pixel may take in a stream. */
  private static final int BYTES_A_PIXEL = 8;

  /** How many streams of the full size opening a document, or a page, may unpack. */
  private static final int STREAMS = 4;

  /** Commands and characters of a page, each time that it is gone through. */
  static final int COMMANDS = 200_000;

  /** How often a page of the full size may be painted over. */
  private static final int COATS = 1000;

  private static final Set<COSName> JPEG =
      Set.of(COSName.DCT_DECODE, COSName.DCT_DECODE_ABBREVIATION);

  /** How often regions of a JBIG2 image may cover an image of the full size. */
  private static final int REGIONS = 16;

  private final ScanLimits limits;
  private final long pixels;
  private final long most;
  private long left;
  private int commandsLeft;
  private double paintLeft;

  /** What was too much, or null. */
  private String exceeded;

  PdfBudget(ScanLimits limits) {
    this.limits = limits;
    this.pixels = limits.pixels();
    this.most = BYTES_A_PIXEL * pixels;
    refill();
  }

  /** Begins another page. */
  void refill() {
    left = STREAMS * most;
    refillCommands();
    paintLeft = (double) COATS * pixels;
    exceeded = null;
  }

  /** Begins to go through the same page again. */
  void refillCommands() {
    commandsLeft = COMMANDS;
  }

  /** Returns the outcome, unless the budget was exceeded on the way to it. */
  <T> Outcome<T> unlessExceeded(Outcome<T> outcome) {
    return exceeded == null ? outcome : Outcome.rejected(Reason.TOO_LARGE, exceeded);
  }

  /**
   * @throws IOException if the budget was exceeded, though PDFBox may have kept it to itself
   */
  void requireKept() throws IOException {
    if (exceeded != null) {
      throw new IOException(exceeded);
    }
  }

  /**
   * Counts a command of a page, or a character that it writes.
   *
   * @throws IOException if it is one too many, or too much was asked for before, which PDFBox may
   *     have kept to itself
   */
  void countCommand() throws IOException {
    requireKept();
    commandsLeft--;
    if (commandsLeft < 0) {
      throw exceed("The page takes more than " + COMMANDS + " commands to draw");
    }
  }

  /**
   * Counts pixels of a page that are painted, as often as they are.
   *
   * @throws IOException if they are too many
   */
  void countPainted(double painted) throws IOException {
    paintLeft -= painted;
    if (paintLeft < 0) {
      throw exceed("The page paints more than " + COATS + " times " + pixels + " pixels");
    }
  }

  /**
   * Counts the bytes of a stream that is opened as it is.
   *
   * @throws IOException if they are too many
   */
  void countOpened(long bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw exceedBytes();
    }
  }

  /** Where the packed bytes come from. */
  interface Source {
    InputStream open() throws IOException;
  }

  /**
   * Unpacks, filter by filter, into a stream that has none.
   *
   * @throws IOException if it is damaged or too large
   */
  COSStream unpack(
      Source packed, List<COSName> filters, COSDictionary parameters, DecodeOptions options)
      throws IOException {
    Source source = packed;
    COSStream unpacked = null;
    for (int i = 0; i < filters.size(); i++) {
      if (JPEG.contains(filters.get(i))) {
        requirePixels(source);
      } else if (filters.get(i).equals(COSName.JBIG2_DECODE)) {
        requireSmallRegions(source, parameters, i);
      }
      COSStream next = new COSStream();
      Filter filter = FilterFactory.INSTANCE.getFilter(filters.get(i));
      try (InputStream in = source.open();
          OutputStream out = new Bounded(next.createRawOutputStream())) {
        filter.decode(in, out, parameters, i, options);
      }
      unpacked = next;
      source = next::createRawInputStream;
    }
    return unpacked;
  }

  /** Unpacks an image inside the commands of a page, to see whether it is too large. */
  void check(Operator operator) throws IOException {
    COSDictionary parameters = operator.getImageParameters();
    byte[] data = operator.getImageData();
    if (parameters != null && data != null) {
      List<COSName> filters = filters(parameters.getDictionaryObject(COSName.F, COSName.FILTER));
      unpack(() -> new ByteArrayInputStream(data), filters, parameters, DecodeOptions.DEFAULT);
    }
  }

  /** Returns the names of filters, of which a dictionary has one, several or none. */
  static List<COSName> filters(COSBase base) throws IOException {
    List<COSName> filters = new ArrayList<>();
    if (base instanceof COSName name) {
      filters.add(name);
    } else if (base instanceof COSArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (!(array.getObject(i) instanceof COSName name)) {
          throw new IOException("a filter is no name");
        }
        filters.add(name);
      }
    }
    return filters;
  }

  /** A JPEG image says itself how large it is, whatever the document says. */
  private void requirePixels(Source source) throws IOException {
    byte[] bytes;
    try (InputStream in = source.open()) {
      bytes = in.readAllBytes();
    }
    if (pixelsOfJpeg(bytes) > pixels) {
      throw exceedBytes();
    }
    String tooManyScans = JpegSegments.read(bytes).tooManyScans(limits);
    if (tooManyScans != null) {
      throw exceed(tooManyScans);
    }
  }

  /** A JBIG2 image is made of regions, of any size, and in part those of another stream. */
  private void requireSmallRegions(Source source, COSDictionary parameters, int index)
      throws IOException {
    requireSmallRegions(source);
    COSBase base = parameters.getDictionaryObject(COSName.DECODE_PARMS, COSName.DP);
    COSBase own = base instanceof COSArray array ? array.getObject(index) : base;
    if (own instanceof COSDictionary dictionary
        && dictionary.getDictionaryObject(COSName.JBIG2_GLOBALS) instanceof COSStream globals) {
      requireSmallRegions(globals::createInputStream);
    }
  }

  private void requireSmallRegions(Source source) throws IOException {
    Jbig2Segments segments;
    try (InputStream in = source.open()) {
      segments = Jbig2Segments.read(in.readAllBytes());
    }
    if (segments.largest() > pixels || segments.total() > REGIONS * (double) pixels) {
      throw exceed(
          String.format(
              "A JBIG2 image has regions of %.0f pixels, more than the limit of %d",
              Math.max((double) segments.largest(), segments.total()), pixels));
    }
  }

  /** Returns 0 if the bytes do not say: PDFBox will not know either. */
  private static long pixelsOfJpeg(byte[] bytes) {
    // PDFBox, too, skips a line feed that does not belong there.
    int start = bytes.length > 0 && bytes[0] == '\n' ? 1 : 0;
    ImageReader reader = ImagePlugins.reader(FileSignature.JPEG, bytes);
    try {
      reader.setInput(
          new ByteArrayImageInputStream(bytes, start, bytes.length - start), true, true);
      return (long) reader.getWidth(0) * reader.getHeight(0);
    } catch (IOException e) {
      return 0;
    } finally {
      reader.dispose();
    }
  }

  private IOException exceedBytes() {
    return exceed(
        String.format(
            "The document unpacks to more than %d bytes in one part or %d on one page",
            most, STREAMS * most));
  }

  /** Remembers what was too much, and returns what to throw. */
  IOException exceed(String what) {
    exceeded = what;
    return new IOException(what);
  }

  /** Passes on as much as a stream may have. */
  private final class Bounded extends FilterOutputStream {

    private long written;

    private Bounded(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      count(1);
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      count(length);
      out.write(bytes, offset, length);
    }

    private void count(int length) throws IOException {
      written += length;
      left -= length;
      if (written > most || left < 0) {
        throw exceedBytes();
      }
    }
  }
}
