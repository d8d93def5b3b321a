/**
 * Makes Deeplearning4j fast on a CPU. As it comes, its convolution runs at a tenth of what the
 * machine can do; the layers here are drop-in replacements that call ND4J's oneDNN operations on
 * contiguous arrays. They hold the same parameters in the same order as the layers they replace, so
 * a network is stored with stock layers and swapped when it is loaded.
 */
package org.digitrecognizer.training;
