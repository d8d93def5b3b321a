/** Reads handwritten digits: see the sub-packages, each of which is one room of the house. */
package org.digitrecognizer;
