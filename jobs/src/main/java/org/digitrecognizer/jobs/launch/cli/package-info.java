/** The command line of every job: options, defaults, one line for each error, exit status. */
package org.digitrecognizer.jobs.launch.cli;
