/**
 * Shows people what a model is worth: one HTML page that holds its own pictures and styles, runs no
 * script and needs no network. A page is a composition of sections; each section is a template, and
 * a view that puts the figures into the words, tables and charts that the template lays out.
 */
package org.digitrecognizer.report;
