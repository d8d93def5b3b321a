// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NioLocalFileSystemTest {

  @TempDir private java.nio.file.Path directory;

  @Test
  void whatIsMadeMayBeUsedByTheSamePersonsAsWhatHadoopMakes() throws IOException {
    assertThat(made(new NioLocalFileSystem(), "here"))
        .isEqualTo(made(new LocalFileSystem(), "by-hadoop"));
  }

  /** Returns who may do what with a folder, a file, and a file for its owner only. */
  private List<Set<PosixFilePermission>> made(FileSystem fs, String name) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.permissions.umask-mode", "027");
    fs.initialize(URI.create("file:///"), configuration);
    Path folder = new Path(directory.resolve(name).toUri());
    fs.mkdirs(folder);
    fs.create(new Path(folder, "file")).close();
    fs.create(new Path(folder, "secret")).close();
    fs.setPermission(new Path(folder, "secret"), new FsPermission("600"));
    List<Set<PosixFilePermission>> made = new ArrayList<>();
    for (String each : List.of("", "file", "secret")) {
      made.add(Files.getPosixFilePermissions(directory.resolve(name).resolve(each)));
    }
    return made;
  }
}
