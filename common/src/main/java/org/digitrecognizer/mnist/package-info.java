/**
 * Reads MNIST in the IDX format of LeCun, Cortes and Burges: big-endian, a magic number that names
 * the element type and the number of dimensions, the dimensions, then the elements. Trusts nothing:
 * magic numbers, sizes, lengths and labels are checked, and each error names the file with what was
 * expected and what was found.
 */
package org.digitrecognizer.mnist;
