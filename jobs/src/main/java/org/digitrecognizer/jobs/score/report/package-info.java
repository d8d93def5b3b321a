/** Pictures, pages and lists for people: reports and the desk. */
package org.digitrecognizer.jobs.score.report;
