/**
 * Digit networks as ONNX: {@link org.digitrecognizer.onnx.OnnxFile} for whatever runtime reads with
 * them elsewhere, {@link org.digitrecognizer.onnx.ReadingGraph} for reading fast here.
 */
package org.digitrecognizer.onnx;
