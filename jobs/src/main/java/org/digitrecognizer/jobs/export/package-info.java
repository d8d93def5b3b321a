/**
 * Takes models to other programs and back: Keras files, both ways, and ONNX. One machine does it;
 * Spark only brings its settings for file systems.
 */
package org.digitrecognizer.jobs.export;
