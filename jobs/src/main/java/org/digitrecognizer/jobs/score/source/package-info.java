/** Which files lie there, and which of them are due. */
package org.digitrecognizer.jobs.score.source;
