// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedLibraryTest {

  @TempDir Path directory;

  @Test
  void aLibraryIsUnpackedOnce() throws Exception {
    URL library = inJar("lib/libsome.so");
    assertThat(UnpackedLibrary.problem(library)).isEmpty();
    Path unpacked = Loader.cacheResource(library).toPath();
    assertThat(unpacked).hasContent("code");
    assertThat(UnpackedLibrary.problem(library)).isEmpty();
    Files.delete(unpacked);
  }

  @Test
  void whatCannotBeUnpackedIsOneLineWithFolderAndCause() throws Exception {
    URL library = inJar("lib/libsome.so");
    Files.delete(directory.resolve("unpacked-library-test.jar"));
    String folder = Loader.getCacheDir().toString();
    assertThat(UnpackedLibrary.problem(library))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith("ND4J's native library")
                    .contains("cannot be unpacked into " + folder)
                    .endsWith("name another folder with -Dorg.bytedeco.javacpp.cachedir=DIR"));
  }

  private URL inJar(String entry) throws Exception {
    Path jar = directory.resolve("unpacked-library-test.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new ZipEntry(entry));
      entries.write("code".getBytes(StandardCharsets.US_ASCII));
    }
    return URI.create("jar:" + jar.toUri() + "!/" + entry).toURL();
  }
}
