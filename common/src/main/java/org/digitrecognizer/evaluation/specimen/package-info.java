/** Readings and rejects that are kept with their pictures, to be shown: so many, and no more. */
package org.digitrecognizer.evaluation.specimen;
