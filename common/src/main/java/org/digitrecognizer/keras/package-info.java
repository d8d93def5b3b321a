/**
 * Digit networks as whole Keras models in HDF5 (the legacy {@code .h5} format), both ways. Written
 * as Keras 2 does, which Keras 3 reads too; read as either has written it. A file to be read is
 * data from somewhere else: what it asks for is checked before a network is made of it.
 */
package org.digitrecognizer.keras;
