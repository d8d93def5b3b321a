// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.nio.IntBuffer;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonIgnoreProperties;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Inverted dropout (Srivastava et al. 2014, section 10) with the fields of {@link Dropout}: an
 * activation stays, divided by the probability to stay, or becomes 0. ND4J draws a random number an
 * element; this draws 64 bits for four of them. The seed of each call comes from ND4J's generator,
 * so who seeds that gets the same masks again.
 */
@JsonIgnoreProperties({"mask", "helper", "helperCountFail", "initializedHelper"})
public final class FastDropout extends Dropout {

  private static final long serialVersionUID = 1L;
  private static final int BITS = 16;
  private static final int BLOCK = 2048;

  /** Bits of the factor, 1/p or 0, of each element of the last output. */
  private transient int[] factors;

  FastDropout(
      @JsonProperty("p") double retainProbability, @JsonProperty("pSchedule") ISchedule schedule) {
    super(retainProbability, schedule);
  }

  @Override
  public INDArray applyDropout(
      INDArray input, INDArray output, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
    INDArray from = Contiguous.of(input);
    if (output.dataType() != DataType.FLOAT || Contiguous.of(output) != output) {
      factors = null;
      return super.applyDropout(input, output, iteration, epoch, workspaces);
    }
    int length = (int) output.length();
    if (factors == null || factors.length != length) {
      factors = new int[length];
    }
    draw(getPSchedule() == null ? getP() : getPSchedule().valueAt(iteration, epoch));
    multiply(from, output);
    return output;
  }

  private void draw(double retainProbability) {
    SplittableRandom random = new SplittableRandom(Nd4j.getRandom().nextLong());
    int threshold = (int) Math.round(retainProbability * (1 << BITS));
    int kept = Float.floatToRawIntBits((float) (1 / retainProbability));
    int mask = (1 << BITS) - 1;
    int i = 0;
    while (i < factors.length) {
      long bits = random.nextLong();
      for (int end = Math.min(i + Long.SIZE / BITS, factors.length); i < end; i++) {
        factors[i] = kept & (((int) bits & mask) - threshold) >> (Integer.SIZE - 1);
        bits >>>= BITS;
      }
    }
  }

  private void multiply(INDArray from, INDArray to) {
    IntBuffer source = FloatBits.of(from);
    IntBuffer target = FloatBits.of(to);
    int[] block = new int[BLOCK];
    for (int start = 0; start < factors.length; start += BLOCK) {
      int count = Math.min(BLOCK, factors.length - start);
      source.position(start).get(block, 0, count);
      for (int i = 0; i < count; i++) {
        float product = Float.intBitsToFloat(block[i]) * Float.intBitsToFloat(factors[start + i]);
        block[i] = Float.floatToRawIntBits(product);
      }
      target.position(start).put(block, 0, count);
    }
  }

  @Override
  public INDArray backprop(INDArray gradAtOutput, INDArray gradAtInput, int iteration, int epoch) {
    if (factors == null) {
      return super.backprop(gradAtOutput, gradAtInput, iteration, epoch);
    }
    multiply(Contiguous.of(gradAtOutput), gradAtInput);
    return gradAtInput;
  }

  @Override
  public void clear() {
    super.clear();
    factors = null;
  }

  @Override
  public FastDropout clone() {
    return new FastDropout(getP(), getPSchedule() == null ? null : getPSchedule().clone());
  }
}
