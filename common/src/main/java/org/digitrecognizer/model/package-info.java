/**
 * The digit network: its shape, the directory it is kept in, and the reader that turns images into
 * readings. A model directory is data from somewhere else: it is checked before anything in it is
 * trusted.
 */
package org.digitrecognizer.model;
