// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.training.augment.Example;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class OffHeapReleaseTest {

  @Test
  void aMinibatchIsFreedOnceItWasTrainedOn() {
    DataSet minibatch =
        Minibatches.dataSet(
            SmallMnist.train(5).stream()
                .map(digit -> new Example(digit.image(), digit.label()))
                .toList(),
            DigitImage.CLASSES);
    OffHeapRelease release = new OffHeapRelease();
    release.preUpdate(minibatch, null);
    assertThat(minibatch.getFeatures().wasClosed()).isFalse();
    release.postUpdate(minibatch, null);
    assertThat(minibatch.getFeatures().wasClosed()).isTrue();
    assertThat(minibatch.getLabels().wasClosed()).isTrue();
  }
}
