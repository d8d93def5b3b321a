/** What a job shows while it runs. */
package org.digitrecognizer.jobs.launch.console;
