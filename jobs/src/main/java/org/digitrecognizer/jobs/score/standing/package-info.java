/**
 * What stands of each image, and by whom; what people are given to check of it, and the certificate
 * that follows from their answers. Knows {@code plan} and {@code output}.
 */
package org.digitrecognizer.jobs.score.standing;
