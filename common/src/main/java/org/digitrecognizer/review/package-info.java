/**
 * What a person does with what the machine is not sure of: the desk's pages, the answers that come
 * back, and what follows from them.
 */
package org.digitrecognizer.review;
