// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.helper;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanLimits;

/**
 * What the two processes say to each other. A request is a byte for its kind, then a number: the
 * length of a document, whose bytes follow, or a page, from 0. The answer to a document is how many
 * pages it has; to a page, width, height and pixels, or a width of 0 with a reason and its detail.
 * Every length is compared with the limits before anything is made of it.
 */
final class Wire {

  /** What the helper says first. */
  static final long GREETING = 0x4449474954530001L;

  private final ScanLimits limits;

  Wire(ScanLimits limits) {
    this.limits = limits;
  }

  private static final int OPEN = 'O';
  private static final int PAGE = 'P';
  private static final int CLOSE = 'C';

  /** A question. */
  sealed interface Request {}

  /** Opens a document, and lets go of the one before. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares requests.
  record Open(byte[] document) implements Request {}

  /** Decodes a page of the document that is open. */
  record Page(int index) implements Request {}

  /** Lets go of the document. */
  record Close() implements Request {}

  void writeOpen(DataOutputStream out, byte[] document) throws IOException {
    out.writeByte(OPEN);
    out.writeInt(document.length);
    out.write(document);
  }

  void writeAskPage(DataOutputStream out, int page) throws IOException {
    out.writeByte(PAGE);
    out.writeInt(page);
  }

  void writeClose(DataOutputStream out) throws IOException {
    out.writeByte(CLOSE);
    out.writeInt(0);
  }

  /**
   * @throws IOException at the end, or if it is no request
   */
  Request readRequest(DataInputStream in) throws IOException {
    int kind = in.readByte();
    int number = in.readInt();
    return switch (kind) {
      case OPEN -> new Open(bytes(in, within(number, 0, limits.bytes(), "length")));
      case PAGE -> new Page(within(number, 0, limits.pages() - 1, "page"));
      case CLOSE -> new Close();
      default -> throw new IOException("a request of an unknown kind, " + kind);
    };
  }

  void writeCount(DataOutputStream out, int count) throws IOException {
    out.writeInt(count);
  }

  int readCount(DataInputStream in) throws IOException {
    return within(in.readInt(), 1, limits.pages(), "number of pages");
  }

  void writePage(DataOutputStream out, Outcome<GreyImage> page) throws IOException {
    if (page instanceof Outcome.Ok<GreyImage> ok) {
      out.writeInt(ok.value().width());
      out.writeInt(ok.value().height());
      out.write(ok.value().pixels());
    } else {
      Outcome.Rejected<GreyImage> rejected = (Outcome.Rejected<GreyImage>) page;
      out.writeInt(0);
      out.writeUTF(rejected.rejection().reason().name());
      out.writeUTF(rejected.rejection().detail());
    }
  }

  Outcome<GreyImage> readPage(DataInputStream in) throws IOException {
    int width = within(in.readInt(), 0, limits.pixels(), "width");
    if (width == 0) {
      return Outcome.rejected(reason(in.readUTF()), in.readUTF());
    }
    int height = within(in.readInt(), 1, limits.pixels() / width, "height");
    return Outcome.ok(new GreyImage(width, height, bytes(in, width * height)));
  }

  private static Reason reason(String name) throws IOException {
    try {
      return Reason.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("a rejection for no reason between processes", e);
    }
  }

  private static byte[] bytes(DataInputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  private static int within(int value, long least, long most, String what) throws IOException {
    if (value < least || value > most) {
      throw new IOException(
          "a " + what + " of " + value + " between processes, not " + least + " to " + most);
    }
    return value;
  }
}
