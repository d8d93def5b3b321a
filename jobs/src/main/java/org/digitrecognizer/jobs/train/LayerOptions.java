// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.digitrecognizer.jobs.launch.cli.OptionCheck;
import org.digitrecognizer.model.DigitNetwork;
import picocli.CommandLine.Option;

/** What can be chosen of Keras' network, as the command line has it. */
final class LayerOptions {

  private static final DigitNetwork.Layers KERAS = DigitNetwork.Layers.KERAS;

  @Option(
      names = "--convolution-dropout",
      paramLabel = "SHARE",
      description =
          "Share of the pooled activations dropped while training, 0 to 0.9; --recipe keras only."
              + " Default: 0.25.")
  private Double convolutionDropout;

  @Option(
      names = "--first-filters",
      paramLabel = "N",
      description =
          "Filters of the first convolution, at least 1; --recipe keras only. Default: 32.")
  private Integer firstFilters;

  @Option(
      names = "--second-filters",
      paramLabel = "N",
      description =
          "Filters of the second convolution, at least 1; --recipe keras only. Default: 64.")
  private Integer secondFilters;

  @Option(
      names = "--kernel-size",
      paramLabel = "PIXELS",
      description =
          "Sides of both convolutions' filters, 1 to 9; --recipe keras only. Default: 3, the"
              + " fastest.")
  private Integer kernelSize;

  @Option(
      names = "--pool-size",
      paramLabel = "PIXELS",
      description =
          "Sides of the max-pooling, 1 to 6; --recipe keras only. Default: 2, the fastest.")
  private Integer poolSize;

  @Option(
      names = "--dense-units",
      paramLabel = "N",
      description = "Units of the dense layer, at least 1; --recipe keras only. Default: 128.")
  private Integer denseUnits;

  void check(OptionCheck check, RecipeName recipe) {
    if (recipe != RecipeName.keras) {
      given()
          .forEach(
              (option, value) ->
                  check.require(value == null, option, value, "left out with --recipe " + recipe));
    }
    check.inRange("--convolution-dropout", or(convolutionDropout, 0.25), 0.0, 0.9);
    DigitNetwork.Layers layers = layers();
    check.inRange("--first-filters", layers.firstFilters(), 1, Integer.MAX_VALUE);
    check.inRange("--second-filters", layers.secondFilters(), 1, Integer.MAX_VALUE);
    check.inRange("--kernel-size", layers.kernelSize(), 1, 9);
    check.inRange("--pool-size", layers.poolSize(), 1, 6);
    check.inRange("--dense-units", layers.denseUnits(), 1, Integer.MAX_VALUE);
  }

  private Map<String, Object> given() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("--convolution-dropout", convolutionDropout);
    given.put("--first-filters", firstFilters);
    given.put("--second-filters", secondFilters);
    given.put("--kernel-size", kernelSize);
    given.put("--pool-size", poolSize);
    given.put("--dense-units", denseUnits);
    return given;
  }

  private static <T> T or(T value, T otherwise) {
    return Objects.requireNonNullElse(value, otherwise);
  }

  private DigitNetwork.Layers layers() {
    return new DigitNetwork.Layers(
        or(firstFilters, KERAS.firstFilters()),
        or(secondFilters, KERAS.secondFilters()),
        or(kernelSize, KERAS.kernelSize()),
        or(poolSize, KERAS.poolSize()),
        or(denseUnits, KERAS.denseUnits()));
  }

  DigitNetwork.Options options(long seed, double rho, double epsilon, double denseDropout) {
    return new DigitNetwork.Options(
        seed, rho, epsilon, or(convolutionDropout, 0.25), denseDropout, layers());
  }
}
