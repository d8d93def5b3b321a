/**
 * Numbers and their rules: the most probable number that a rule allows, and how sure that is.
 * {@link org.digitrecognizer.number.NumberRule} says which numbers there may be, {@link
 * org.digitrecognizer.number.Lattice} how an image's ink may be cut into digits and what each may
 * be, {@link org.digitrecognizer.number.BestNumber} takes both together.
 */
package org.digitrecognizer.number;
