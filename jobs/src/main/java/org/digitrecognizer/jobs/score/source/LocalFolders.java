// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.jobs.score.source.Entry.Kind;

/**
 * Local folders, which Java lists itself: Hadoop knows no pipes, nor names in another character set
 * than the process's, and starts a program for each file that it lists.
 */
final class LocalFolders implements Folders {

  private static final long serialVersionUID = 1;

  /** The bits of a Unix file's mode that say what it is. */
  private static final int TYPE = 0170000;

  @Override
  public Optional<Entry> find(String path) throws IOException {
    try {
      return find(Path.of(new org.apache.hadoop.fs.Path(path).toUri().getPath()), path);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Entry> find(Entry folder, String name) throws IOException {
    try {
      return find(LocalNames.path(folder.real()).resolve(name), folder.pathOf(name))
          .map(entry -> entry.because(folder.reason(), folder.detail()));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<Entry> find(Path path, String name) throws IOException {
    try {
      Path real = path.toRealPath();
      return Optional.of(entry(real, name, LocalNames.key(real), attributes(real)));
    } catch (FileSystemException e) {
      if (Files.isSymbolicLink(path)) {
        return Optional.of(broken(path, name));
      }
      if (Folders.isGone(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  @SuppressWarnings("StreamResourceLeak") // It is closed with the names.
  public Names list(Entry folder, Predicate<String> wanted) throws IOException {
    DirectoryStream<Path> children = Files.newDirectoryStream(LocalNames.path(folder.real()));
    Iterator<Path> next = children.iterator();
    return new Names() {
      @Override
      public Entry next() throws IOException {
        try {
          while (next.hasNext()) {
            Entry entry = child(folder, next.next(), wanted);
            if (entry != null) {
              return entry;
            }
          }
          return null;
        } catch (DirectoryIteratorException e) {
          throw e.getCause();
        }
      }

      @Override
      public void close() throws IOException {
        children.close();
      }
    };
  }

  /** Returns null of what is not wanted or has vanished. */
  private static Entry child(Entry folder, Path child, Predicate<String> wanted) {
    boolean openable = LocalNames.canBeOpened(child);
    String name = openable ? child.getFileName().toString() : LocalNames.shown(child);
    if (!wanted.test(name)) {
      return null;
    }
    Entry entry = child(child, folder.pathOf(name), LocalNames.key(folder.real(), child));
    if (entry == null) {
      return null;
    }
    if (folder.reason() != null) {
      return entry.because(folder.reason(), folder.detail());
    }
    return openable ? entry : entry.because(Rejection.Reason.READ_ERROR, LocalNames.whyNot(child));
  }

  private static Entry child(Path child, String path, String key) {
    try {
      BasicFileAttributes attributes = attributes(child);
      return attributes.isSymbolicLink()
          ? linked(child, path)
          : entry(child, path, key, attributes);
    } catch (IOException e) {
      return Folders.isGone(e) ? null : unreadable(path, key, "It cannot be looked at: " + e);
    }
  }

  private static Entry linked(Path link, String path) {
    try {
      Path real = link.toRealPath();
      Entry target = entry(real, path, LocalNames.key(real), attributes(real));
      return new Entry(
          target.kind() == Kind.FOLDER ? Kind.LINK_TO_FOLDER : Kind.LINK_TO_FILE,
          path,
          target.real(),
          target.modified(),
          target.length(),
          target.reason(),
          target.detail());
    } catch (IOException e) {
      return Files.isSymbolicLink(link) ? broken(link, path) : null;
    }
  }

  /** Returns a link that leads nowhere, to itself, or to where this process may not look. */
  private static Entry broken(Path link, String path) {
    String target;
    try {
      target = " (" + Files.readSymbolicLink(link) + ")";
    } catch (IOException e) {
      target = "";
    }
    return unreadable(
        path,
        LocalNames.key(link),
        "It is a link, and where it leads" + target + " there is nothing that can be opened");
  }

  private static Entry entry(Path file, String path, String key, BasicFileAttributes attributes)
      throws IOException {
    if (attributes.isOther()) {
      return new Entry(
          Kind.FILE, path, key, 0, 0, Rejection.Reason.UNSUPPORTED_FORMAT, special(file));
    }
    long modified = attributes.lastModifiedTime().toMillis();
    return attributes.isDirectory()
        ? Entry.folder(Kind.FOLDER, path, key, modified)
        : new Entry(Kind.FILE, path, key, modified, attributes.size(), null, null);
  }

  private static Entry unreadable(String path, String key, String why) {
    return new Entry(Kind.FILE, path, key, 0, 0, Rejection.Reason.READ_ERROR, why);
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static String special(Path file) throws IOException {
    int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    String kind =
        switch (mode & TYPE) {
          case 0010000 -> "a named pipe (FIFO)";
          case 0020000 -> "a character device";
          case 0060000 -> "a block device";
          case 0140000 -> "a socket";
          default -> "of an unknown kind";
        };
    return "It is " + kind + ", not a regular file, and is not opened";
  }
}
