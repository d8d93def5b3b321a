/**
 * The job that adapts a model to the hands of a site: it trains on with labelled scans and MNIST
 * together, and hands out what came of it only if that reads the site's scans better and MNIST no
 * worse.
 */
package org.digitrecognizer.jobs.adapt;
