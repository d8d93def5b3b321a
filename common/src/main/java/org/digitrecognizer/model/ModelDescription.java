// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;

/**
 * What {@code model.json} says of a model: where it comes from, how it was made, and how good it
 * is.
 *
 * @param formatVersion of the model directory
 * @param writtenAt ISO 8601, UTC
 * @param writtenBy name and version of the program
 * @param network shape of the network
 * @param training the options it was trained with, by name
 * @param data what it was trained on; null if that is not known
 * @param metrics how it did on the validation part after the last epoch, by name; empty without one
 * @param calibration of its confidences
 * @param parent the model that it was adapted from; null for none
 * @param environment versions of Java, Spark and Deeplearning4j, and the operating system
 * @param files SHA-256 of each other file of the directory, in hexadecimal, by its path in the
 *     directory
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ModelDescription(
    int formatVersion,
    String writtenAt,
    String writtenBy,
    Shape network,
    Map<String, Object> training,
    Data data,
    Map<String, Double> metrics,
    Calibration calibration,
    Parent parent,
    Map<String, String> environment,
    Map<String, String> files) {

  /** The version that this program writes and reads. */
  public static final int FORMAT_VERSION = 1;

  /**
   * Shape of a network.
   *
   * @param input {@code [height, width, channels]}
   * @param layers a line a layer
   * @param parameters how many numbers are learned
   */
  public record Shape(List<Integer> input, List<String> layers, long parameters) {

    /** Returns the shape of a digit network. */
    public static Shape of(MultiLayerNetwork network) {
      List<String> layers =
          Arrays.stream(network.getLayers())
              .map(layer -> layer.type() + ", " + layer.numParams() + " parameters")
              .toList();
      return new Shape(
          List.of(DigitImage.HEIGHT, DigitImage.WIDTH, 1), layers, network.numParams());
    }
  }

  /**
   * What a model was trained on.
   *
   * @param dataset where it was
   * @param fingerprint of the dataset
   * @param trainExamples digits trained on
   * @param validationExamples digits held out
   */
  public record Data(
      String dataset, String fingerprint, long trainExamples, long validationExamples) {}

  /**
   * The model that a model was adapted from, and what came of it.
   *
   * @param sha256 of the parent's {@code model.json}
   * @param scans labelled scans trained on
   * @param heldBack labelled scans held back, of other archives or folders
   * @param heldBackAccuracy of the parent and of this one on those, 0..1
   * @param mnistAccuracy of the parent and of this one on MNIST's test digits, 0..1
   */
  public record Parent(
      String sha256,
      long scans,
      long heldBack,
      List<Double> heldBackAccuracy,
      List<Double> mnistAccuracy) {}

  /** Returns what Adadelta's step was multiplied by in training; 1 where that is not said. */
  public double learningRate() {
    return training.get("learningRate") instanceof Number rate ? rate.doubleValue() : 1;
  }

  ModelDescription withFiles(Map<String, String> sums) {
    return new ModelDescription(
        formatVersion,
        writtenAt,
        writtenBy,
        network,
        training,
        data,
        metrics,
        calibration,
        parent,
        environment,
        sums);
  }
}
