/**
 * Reads digits with ONNX Runtime, and those that it is not sure of a second time. The ONNX is made
 * by this program of parameters that it has checked; no file from outside goes to the native
 * parser.
 */
package org.digitrecognizer.inference;
