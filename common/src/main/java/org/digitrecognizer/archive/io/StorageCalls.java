// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls of this JVM to file systems that have not returned yet. A file system that does not
 * answer throws nothing for many minutes: only somebody else can say what is waited for.
 */
public final class StorageCalls {

  private static final Map<Object, Pending> PENDING = new ConcurrentHashMap<>();

  private StorageCalls() {}

  /** What is asked of a file system. */
  @FunctionalInterface
  public interface Call<T> {
    /** Asks it, and returns when it has answered. */
    T answer() throws IOException;
  }

  /**
   * A call that has not returned.
   *
   * @param place a file or folder, as the user knows it
   * @param since {@link System#nanoTime} when it began
   */
  public record Pending(String place, long since) {

    /** Returns how long it has been waited for. */
    public Duration waited() {
      return Duration.ofNanos(System.nanoTime() - since);
    }
  }

  /**
   * Makes a call, which is among those that are pending until it returns or throws.
   *
   * @param place what it is about
   */
  public static <T> T watched(String place, Call<T> call) throws IOException {
    Object key = new Object();
    PENDING.put(key, new Pending(place, System.nanoTime()));
    try {
      return call.answer();
    } finally {
      PENDING.remove(key);
    }
  }

  /** Returns the calls that are under way now. */
  public static Collection<Pending> pending() {
    return List.copyOf(PENDING.values());
  }
}
