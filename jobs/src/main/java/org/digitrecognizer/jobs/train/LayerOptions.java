package org.digitrecognizer.jobs.train;

import org.digitrecognizer.jobs.launch.cli.OptionCheck;
import org.digitrecognizer.model.DigitNetwork;
import picocli.CommandLine.Option;

/** The network's layers, as the command line has them. */
final class LayerOptions {

  @Option(
      names = "--first-filters",
      paramLabel = "N",
      defaultValue = "32",
      description = "Filters of the first convolution, at least 1.")
  private int firstFilters;

  @Option(
      names = "--second-filters",
      paramLabel = "N",
      defaultValue = "64",
      description = "Filters of the second convolution, at least 1.")
  private int secondFilters;

  @Option(
      names = "--kernel-size",
      paramLabel = "PIXELS",
      defaultValue = "3",
      description = "Sides of both convolutions' filters, 1 to 9. Reading is fastest with 3.")
  private int kernelSize;

  @Option(
      names = "--pool-size",
      paramLabel = "PIXELS",
      defaultValue = "2",
      description = "Sides of the max-pooling, 1 to 6. Fastest with 2.")
  private int poolSize;

  @Option(
      names = "--dense-units",
      paramLabel = "N",
      defaultValue = "128",
      description = "Units of the dense layer, at least 1.")
  private int denseUnits;

  void check(OptionCheck check) {
    check.inRange("--first-filters", firstFilters, 1, Integer.MAX_VALUE);
    check.inRange("--second-filters", secondFilters, 1, Integer.MAX_VALUE);
    check.inRange("--kernel-size", kernelSize, 1, 9);
    check.inRange("--pool-size", poolSize, 1, 6);
    check.inRange("--dense-units", denseUnits, 1, Integer.MAX_VALUE);
  }

  DigitNetwork.Layers layers() {
    return new DigitNetwork.Layers(firstFilters, secondFilters, kernelSize, poolSize, denseUnits);
  }
}
