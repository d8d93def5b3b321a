/** How an output becomes visible on any Hadoop file system: whole JSON last, staged file, lock. */
package org.digitrecognizer.storage;
