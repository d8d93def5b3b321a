/**
 * What every job needs before and after its own work: a command line with defaults from a file,
 * exit statuses and one-line errors, the Spark session and its settings, progress, and care about
 * outputs that exist. A job extends {@link org.digitrecognizer.jobs.launch.cli.Job}.
 */
package org.digitrecognizer.jobs.launch;
