/**
 * Reads digits with ONNX Runtime, what is not sure a second time. The ONNX is made by this program of parameters that it has
 * checked; no file from outside goes to the native parser.
 */
package org.digitrecognizer.inference;
