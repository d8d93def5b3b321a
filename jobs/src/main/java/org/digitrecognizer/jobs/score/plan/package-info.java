/** The saved plan of each batch: the only memory of what was read. */
package org.digitrecognizer.jobs.score.plan;
