/** Digit networks as ONNX, for whatever runtime reads with them elsewhere. */
package org.digitrecognizer.onnx;
