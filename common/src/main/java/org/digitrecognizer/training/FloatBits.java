// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.nio.IntBuffer;
import org.bytedeco.javacpp.IntPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Loops for which ND4J's own operations branch at every element. They copy a block of an array to
 * the heap, work on the bits of the floats without a branch, so that the compiler can vectorise,
 * and copy the block back.
 */
final class FloatBits {

  /** Elements a block: small enough for the first-level cache. */
  private static final int BLOCK = 2048;

  private static final int SIGN_SHIFT = 31;

  private FloatBits() {}

  /**
   * The memory of a contiguous float array as ints.
   *
   * @param array float, c order, contiguous; must stay reachable as long as the buffer is used
   */
  static IntBuffer of(INDArray array) {
    IntPointer pointer = new IntPointer(array.data().addressPointer());
    return pointer.position(0).capacity(array.length()).asBuffer();
  }

  /**
   * Sets each element of the target to 0 where the value is not above 0: the derivative of ReLU.
   *
   * @param values any shape, float, c order
   * @param target the same shape, overwritten
   */
  static void zeroWhereNotPositive(INDArray values, INDArray target) {
    IntBuffer from = of(values);
    IntBuffer to = of(target);
    int length = from.capacity();
    int[] value = new int[BLOCK];
    int[] block = new int[BLOCK];
    for (int start = 0; start < length; start += BLOCK) {
      int count = Math.min(BLOCK, length - start);
      from.position(start).get(value, 0, count);
      to.position(start).get(block, 0, count);
      for (int i = 0; i < count; i++) {
        block[i] &= (-value[i] & ~value[i]) >> SIGN_SHIFT;
      }
      to.position(start).put(block, 0, count);
    }
  }

  /** Maps the bits of a float to an int of the same order, and back. */
  static int ordered(int bits) {
    return bits ^ ((bits >> SIGN_SHIFT) & Integer.MAX_VALUE);
  }

  /** All ones where the two are equal, else 0. */
  static int equalMask(int a, int b) {
    int difference = a ^ b;
    return ~((difference | -difference) >> SIGN_SHIFT);
  }
}
