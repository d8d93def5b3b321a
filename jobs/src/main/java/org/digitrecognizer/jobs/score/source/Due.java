// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

/** Why a file is to be read, or is not yet. */
public enum Due {
  /** It is in no plan, and has settled. */
  NEW,

  /** It is in no plan, but changed too recently: maybe it is still being written. */
  WAITING,

  /** It was rewritten since it was planned, and has settled. */
  REWRITTEN,

  /** It is as it was, but its storage failed when it was read, or it was not there for a while. */
  UNREAD
}
