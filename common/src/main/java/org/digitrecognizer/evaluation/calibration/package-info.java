/** What a fair sample of a site's labels says of a model: how sure it is, and what may stand. */
package org.digitrecognizer.evaluation.calibration;
