/** A page of grey pixels to one digit as MNIST has it: ink, parts, box. */
package org.digitrecognizer.scan.normalise;
