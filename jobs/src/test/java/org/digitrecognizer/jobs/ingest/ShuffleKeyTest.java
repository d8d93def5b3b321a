// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;

class ShuffleKeyTest {

  private static final ShuffleKey.Order ORDER = new ShuffleKey.Order();

  private static List<Long> order(long seed, String split, int count) {
    return LongStream.range(0, count)
        .boxed()
        .sorted(
            (a, b) -> ORDER.compare(ShuffleKey.of(seed, split, a), ShuffleKey.of(seed, split, b)))
        .toList();
  }

  @Test
  void theOrderDependsOnSeedAndSplitOnly() {
    assertThat(order(1, "train", 100)).isEqualTo(order(1, "train", 100));
    assertThat(order(1, "train", 100)).isNotEqualTo(order(2, "train", 100));
    assertThat(order(1, "train", 100)).isNotEqualTo(order(1, "test", 100));
    assertThat(order(1, "train", 100))
        .isNotEqualTo(order(1, "train", 100).stream().sorted().toList());
  }

  @Test
  void splitsStayTogether() {
    assertThat(ORDER.compare(ShuffleKey.of(1, "test", 5), ShuffleKey.of(1, "train", 6)))
        .isNegative();
    assertThat(ORDER.compare(ShuffleKey.of(1, "train", 5), ShuffleKey.of(1, "test", 6)))
        .isPositive();
  }

  @Test
  void partitionsAreOfAboutTheSameSize() {
    int[] sizes = new int[8];
    for (int id = 0; id < 60_000; id++) {
      sizes[ShuffleKey.of(42, "train", id).partition(8)]++;
    }
    for (int size : sizes) {
      // 7,500 expected; the standard deviation of a fair deal is 81.
      assertThat(size).isBetween(7_100, 7_900);
    }
  }

  @Test
  void travelsByEitherSerializer() {
    for (Serializer serializer :
        List.of(
            new JavaSerializer(new SparkConf(false)), new KryoSerializer(new SparkConf(false)))) {
      ShuffleKey key = ShuffleKey.of(1, "train", 5);
      SerializerInstance instance = serializer.newInstance();
      ClassTag<ShuffleKey> tag = ClassTag.apply(ShuffleKey.class);
      ShuffleKey copy = instance.deserialize(instance.serialize(key, tag), tag);
      assertThat(ORDER.compare(copy, key)).isZero();
    }
  }
}
