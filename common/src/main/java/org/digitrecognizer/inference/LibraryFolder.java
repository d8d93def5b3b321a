// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.inference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The folder that ONNX Runtime's libraries lie in once they are unpacked, {@code
 * onnxruntime-VERSION-PLATFORM} in a cache. It gets its name when it is whole, so a JVM that finds
 * it can use it, and one that is killed while it unpacks leaves no half of it under that name.
 */
final class LibraryFolder {

  private static final String IN_JAR = "/ai/onnxruntime/native/";
  private static final String PART = ".part";

  /** Nobody unpacks for so long. */
  private static final Duration LEFT_BEHIND = Duration.ofHours(1);

  private final String platform;
  private final String name;

  /** ONNX Runtime, and what Java calls it through. */
  private final List<String> libraries =
      List.of(System.mapLibraryName("onnxruntime"), System.mapLibraryName("onnxruntime4j_jni"));

  /**
   * @param version of ONNX Runtime
   * @param platform as it calls it, such as linux-x64
   */
  LibraryFolder(String version, String platform) {
    this.platform = platform;
    this.name = "onnxruntime-" + version + "-" + platform;
  }

  /** Returns whether the class path has the libraries of the platform. */
  boolean isKnown() {
    return libraries.stream().allMatch(each -> getClass().getResource(resource(each)) != null);
  }

  private String resource(String library) {
    return IN_JAR + platform + "/" + library;
  }

  /**
   * Returns the folder, unpacked if need be.
   *
   * @param cache made if need be
   * @throws IOException if the cache cannot be written to, belongs to someone who could exchange
   *     what is in it, or is on a file system from which nothing may be run
   */
  Path in(Path cache) throws IOException {
    Path folder = cache.resolve(name);
    Files.createDirectories(cache);
    requireOwn(cache);
    if (!Files.isDirectory(folder)) {
      sweep(cache);
      unpack(folder);
    }
    for (String library : libraries) {
      Path file = folder.resolve(library);
      // Says no on a file system that is mounted noexec, whatever the file's own permissions.
      if (!Files.isExecutable(file)) {
        throw new FileSystemException(
            file.toString(), null, "is where nothing may be run from (mounted noexec?)");
      }
    }
    return folder;
  }

  /** In a folder that everybody may write to, anybody can have put libraries of his own. */
  private static void requireOwn(Path cache) throws IOException {
    if (!isPosix(cache)
        || !Files.getPosixFilePermissions(cache.toRealPath().getParent())
            .contains(PosixFilePermission.OTHERS_WRITE)) {
      return;
    }
    Path probe = Files.createTempFile(cache, "own", null);
    try {
      if (!Files.getOwner(cache).equals(Files.getOwner(probe))) {
        throw new FileSystemException(cache.toString(), null, "belongs to somebody else");
      }
    } finally {
      Files.delete(probe);
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private void unpack(Path folder) throws IOException {
    Path part = Files.createTempDirectory(folder.getParent(), name + PART);
    try {
      for (String library : libraries) {
        Path file = part.resolve(library);
        try (InputStream in = getClass().getResourceAsStream(resource(library))) {
          Files.copy(in, file);
        }
        file.toFile().setExecutable(true, false);
      }
      share(part);
      rename(part, folder);
    } finally {
      delete(part);
    }
  }

  /** A cache may be several users'; a new temporary folder is its maker's only. */
  private static void share(Path part) throws IOException {
    if (isPosix(part)) {
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void rename(Path part, Path folder) throws IOException {
    try {
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (FileSystemException e) {
      // Another JVM was faster: it is there, and not empty.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** Removes what JVMs have left that were killed while they unpacked. */
  private void sweep(Path cache) throws IOException {
    FileTime bound = FileTime.from(Instant.now().minus(LEFT_BEHIND));
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(cache, name + PART + "*")) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).compareTo(bound) < 0) {
          delete(part);
        }
      }
    }
  }

  private void delete(Path part) throws IOException {
    for (String library : libraries) {
      Files.deleteIfExists(part.resolve(library));
    }
    Files.deleteIfExists(part);
  }

  /** Returns what is wrong with a folder, as the end of a sentence. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "may not be written to";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "is no folder";
    }
    if (e instanceof NoSuchFileException) {
      return "cannot be made";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      // What this class itself says goes on with the sentence; what the system says is a name.
      String reason = failure.getReason();
      return Character.isUpperCase(reason.charAt(0)) ? "fails with '" + reason + "'" : reason;
    }
    return String.valueOf(e.getMessage());
  }
}
