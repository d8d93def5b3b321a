/**
 * The job that draws the digits of MNIST as scans and packs them into an archive, to try and to
 * measure the reading of scans on.
 */
package org.digitrecognizer.jobs.samples;
