// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;

/**
 * A vector of floats in ND4J's binary format ({@code Nd4j.write}), big endian: two buffers, each a
 * mode (UTF), a length (long), a type (UTF) and its numbers. The first is of longs and says the
 * shape (rank, sizes, strides, flags, element stride, order), the second holds the values. ND4J's
 * own reader hands what a header says to native code as it stands, which one changed byte makes end
 * the JVM.
 */
final class ArrayFile {

  private static final int MAX_RANK = 2;

  /** Longs of a shape besides sizes and strides. */
  private static final int SHAPE_EXTRAS = 4;

  private ArrayFile() {}

  /** What is no such vector, and why. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /**
   * Reads a vector.
   *
   * @param bytes all of the file
   * @return its numbers, in order
   * @throws MalformedException if it is none, is cut short, or has more bytes than it says
   */
  static float[] read(byte[] bytes) throws MalformedException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    try {
      DataInputStream data = new DataInputStream(in);
      long elements = shape(data);
      long length = buffer(data, "FLOAT");
      if (length != elements) {
        throw new MalformedException(
            "it is of %,d numbers and holds %,d".formatted(elements, length));
      }
      if (length * Float.BYTES != in.available()) {
        throw new MalformedException(
            "%,d bytes follow where %,d numbers of 4 should".formatted(in.available(), length));
      }
      return floats(bytes, (int) length);
    } catch (UTFDataFormatException e) {
      throw new MalformedException("it holds no text where a type should be");
    } catch (IOException e) {
      throw new MalformedException("it is cut short");
    }
  }

  /** Reads the shape and returns how many numbers it is of. */
  private static long shape(DataInputStream in) throws IOException, MalformedException {
    long length = buffer(in, "LONG");
    if (length < SHAPE_EXTRAS || length > SHAPE_EXTRAS + 2 * MAX_RANK) {
      throw new MalformedException("its shape takes %,d numbers".formatted(length));
    }
    long rank = in.readLong();
    if (rank < 1 || SHAPE_EXTRAS + 2 * rank != length) {
      throw new MalformedException("its rank is %,d".formatted(rank));
    }
    long elements = rank == 1 ? 1 : in.readLong();
    if (elements != 1) {
      throw new MalformedException("it has %,d rows where one should be".formatted(elements));
    }
    elements = in.readLong();
    if (elements < 0) {
      throw new MalformedException("it is of %,d numbers".formatted(elements));
    }
    // Strides, flags, element stride and order: a row can only lie one way.
    in.skipNBytes((rank + SHAPE_EXTRAS - 1) * Long.BYTES);
    return elements;
  }

  /** Reads the head of a buffer and returns how many numbers it says are in it. */
  private static long buffer(DataInputStream in, String type)
      throws IOException, MalformedException {
    in.readUTF();
    long length = in.readLong();
    String found = in.readUTF();
    if (!found.equals(type)) {
      throw new MalformedException("it holds another type than " + type);
    }
    return length;
  }

  private static float[] floats(byte[] bytes, int length) {
    float[] floats = new float[length];
    int size = length * Float.BYTES;
    ByteBuffer.wrap(bytes, bytes.length - size, size).asFloatBuffer().get(floats);
    return floats;
  }
}
