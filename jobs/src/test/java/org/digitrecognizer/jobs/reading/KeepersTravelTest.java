// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.evaluation.specimen.RejectSamples;
import org.digitrecognizer.evaluation.specimen.RejectedScan;
import org.digitrecognizer.evaluation.specimen.Specimen;
import org.digitrecognizer.evaluation.specimen.TopSpecimens;
import org.digitrecognizer.evaluation.specimen.TopSpecimens.Ranking;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;

/** What tasks send home arrives whole, whichever serializer a site has set. */
class KeepersTravelTest {

  private static final Optional<GreyImage> SCAN =
      Optional.of(new GreyImage(2, 1, new byte[] {7, 9}));

  @Test
  void specimensKeepTheirScans() {
    TopSpecimens top = new TopSpecimens(Ranking.LEAST_CERTAIN, 2);
    top.offer(specimen("b", 0.5f));
    top.offer(specimen("a", 0.25f));
    for (TopSpecimens copy : travelled(top, TopSpecimens.class)) {
      copy.offer(specimen("c", 0.375f));
      assertThat(copy.ranked()).extracting(Specimen::source).containsExactly("a", "c");
      assertThat(copy.ranked().get(0).scan().orElseThrow().pixels()).containsExactly(7, 9);
    }
  }

  @Test
  void rejectsKeepTheirScans() {
    RejectSamples samples = new RejectSamples(2);
    samples.add(new RejectedScan("b", Reason.BLANK, "no ink", SCAN));
    samples.add(new RejectedScan("a", Reason.EMPTY, "no bytes", Optional.empty()));
    for (RejectSamples copy : travelled(samples, RejectSamples.class)) {
      copy.add(new RejectedScan("a", Reason.BLANK, "no ink", Optional.empty()));
      List<RejectedScan> blank = copy.byReason().get(Reason.BLANK);
      assertThat(blank).extracting(RejectedScan::source).containsExactly("a", "b");
      assertThat(blank.get(1).scan().orElseThrow().pixels()).containsExactly(7, 9);
      assertThat(copy.byReason().get(Reason.EMPTY).get(0).scan()).isEmpty();
    }
  }

  private static Specimen specimen(String source, float confidence) {
    float[] probabilities = new float[DigitImage.CLASSES];
    probabilities[3] = confidence;
    DigitImage paper = DigitImage.of(new byte[DigitImage.SIZE]);
    return Specimen.of(source, paper, Reading.of(probabilities), OptionalInt.empty(), SCAN);
  }

  private static <T> List<T> travelled(T value, Class<T> type) {
    ClassTag<T> tag = ClassTag.apply(type);
    List<Serializer> serializers =
        List.of(new JavaSerializer(new SparkConf(false)), new KryoSerializer(new SparkConf(false)));
    return serializers.stream()
        .map(
            serializer -> {
              SerializerInstance instance = serializer.newInstance();
              return instance.<T>deserialize(instance.serialize(value, tag), tag);
            })
        .toList();
  }
}
