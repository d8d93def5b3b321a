// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.net.URI;

/**
 * A link to a file that lies somewhere near the page, so that it holds wherever both are copied to.
 *
 * @param text what the link says
 * @param href where it leads, relative to the page, as a URI: spaces and the like are encoded
 */
public record Link(String text, String href) {

  /**
   * @throws IllegalArgumentException if the address is not relative, or no URI
   */
  public Link {
    URI target = URI.create(href);
    if (target.isAbsolute() || target.getRawAuthority() != null || href.startsWith("/")) {
      throw new IllegalArgumentException("A page links to what lies near it, not to " + href);
    }
  }

  /** Returns a link that says the name of the file to which it leads. */
  static Link named(String href) {
    return new Link(href.substring(href.lastIndexOf('/') + 1), href);
  }
}
