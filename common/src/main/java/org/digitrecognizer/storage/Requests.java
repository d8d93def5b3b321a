// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Asks storage for many things at once: on object storage each answer takes its time, however small
 * it is.
 */
public final class Requests {

  private static final int MOST_AT_ONCE = 16;

  private Requests() {}

  /** What storage is asked. */
  @FunctionalInterface
  public interface Request<T, R> {

    /** Returns the answer. */
    R of(T item) throws IOException;
  }

  /** Returns what lies in a folder; nothing if it is not there. */
  public static List<FileStatus> list(FileSystem fs, Path folder) throws IOException {
    try {
      return List.of(fs.listStatus(folder));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Returns what lies in folders, one after the other, as {@link #list} does. */
  public static List<FileStatus> listAll(FileSystem fs, List<Path> folders) throws IOException {
    List<FileStatus> all = new ArrayList<>();
    all(folders, folder -> list(fs, folder)).forEach(all::addAll);
    return all;
  }

  /**
   * Returns the answers to a request of each item, in their order.
   *
   * @throws IOException if one fails
   */
  public static <T, R> List<R> all(List<T> items, Request<T, R> request) throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(MOST_AT_ONCE, items.size())));
    try {
      List<Future<R>> answers = new ArrayList<>();
      for (T item : items) {
        answers.add(threads.submit(() -> request.of(item)));
      }
      List<R> all = new ArrayList<>();
      for (Future<R> answer : answers) {
        all.add(answer.get());
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Told to stop while waiting for storage");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static IOException failure(Throwable cause) {
    if (cause instanceof RuntimeException failure) {
      throw failure;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException failure ? failure : new IOException(cause);
  }
}
