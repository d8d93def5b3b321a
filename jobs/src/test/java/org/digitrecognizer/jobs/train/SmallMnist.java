package org.digitrecognizer.jobs.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.mnist.LabelledDigits;
import org.digitrecognizer.mnist.MnistFiles;
import org.digitrecognizer.mnist.MnistSplit;

/** The first digits of MNIST, for tests that train for real but not for long. */
final class SmallMnist {

  private SmallMnist() {}

  /**
   * @param split "train" or "test"
   */
  static List<LabelledDigit> first(String split, int count) throws IOException {
    Configuration configuration = new Configuration();
    List<LabelledDigit> list = new ArrayList<>();
    for (MnistSplit candidate :
        MnistFiles.find(new Path("../data/mnist"), configuration).splits()) {
      if (candidate.name().equals(split)) {
        try (LabelledDigits digits = candidate.read(0, count, configuration)) {
          digits.forEachRemaining(list::add);
        }
      }
    }
    return list;
  }
}
