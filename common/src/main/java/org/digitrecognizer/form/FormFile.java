// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UnreadableFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.form.Form.ImageKind;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a form from its YAML file. What is wrong with it is one line with file and line. */
public final class FormFile {

  /** A form is a page; a larger file is something else. */
  private static final int MOST_BYTES = 1 << 20;

  private static final Set<String> NAMES = Set.of("form", "image", "group", "fields");
  private static final Set<String> GROUPS = Set.of("sheet", "field", "position");

  private final Path path;
  private final FileSystem fs;
  private final Configuration configuration;

  private FormFile(Path path, Configuration configuration) throws IOException {
    this.fs = path.getFileSystem(configuration);
    this.path = fs.makeQualified(path);
    this.configuration = configuration;
  }

  /**
   * Reads a form.
   *
   * @param path any Hadoop URI; lists that it names lie beside it, or where a whole URI says
   * @throws UserException if it is none; the message names file and line, and what was expected
   */
  public static Form read(Path path, Configuration configuration) throws IOException {
    return new FormFile(path, configuration).read();
  }

  private Form read() throws IOException {
    byte[] bytes = bytes();
    FormNode whole = new FormNode(path.toString(), "the form", parse(bytes));
    Map<String, FormNode> parts = whole.parts(NAMES);
    String name = part(whole, parts, "form").text();
    ImageKind image = image(part(whole, parts, "image"));
    FormNode fields = part(whole, parts, "fields");
    List<Field> read = new ArrayList<>();
    Map<String, FormNode> nodes = fields.parts(Set.of());
    for (Map.Entry<String, FormNode> field : nodes.entrySet()) {
      read.add(new FieldRules(field.getValue(), path, configuration).read(field.getKey()));
    }
    if (read.isEmpty() || (image == ImageKind.NUMBER && read.size() > 1)) {
      throw fields.expected(image == ImageKind.NUMBER ? "one field" : "one field or more");
    }
    if (image == ImageKind.NUMBER && read.get(0).decimals() > 0) {
      throw fields.expected(
          "without 'decimals': the point of a number that is written freely is not read yet");
    }
    TotalRules.check(image, read, nodes);
    return new Form(name, image, group(whole, image, parts), read, DigestUtils.sha256Hex(bytes));
  }

  private byte[] bytes() throws IOException {
    try (InputStream in = fs.open(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length <= MOST_BYTES) {
        return bytes;
      }
    } catch (FileNotFoundException e) {
      UnreadableFile.refuse(fs, path, e);
      throw new UserException(path + " does not exist; --form is the YAML file of a form", e);
    }
    throw new UserException(path + " is larger than a form; --form is the YAML file of a form");
  }

  private Node parse(byte[] bytes) {
    LoadSettings settings = LoadSettings.builder().setMaxAliasesForCollections(0).build();
    try {
      Optional<Node> node =
          new Compose(settings).composeString(new String(bytes, StandardCharsets.UTF_8));
      return node.orElseThrow(
          () -> FormNode.error(path.toString(), 0, "the file is empty; expected 'form: NAME'"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0);
      throw FormNode.error(path.toString(), line, "this is not YAML: " + oneLine(e.getProblem()));
    } catch (YamlEngineException e) {
      throw FormNode.error(path.toString(), 0, "this is not YAML: " + oneLine(e.getMessage()));
    }
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static FormNode part(FormNode whole, Map<String, FormNode> parts, String name) {
    FormNode part = parts.get(name);
    if (part == null) {
      throw FormNode.error(whole.file(), 0, "the form has no '" + name + "'");
    }
    return part;
  }

  private static ImageKind image(FormNode node) {
    return switch (node.text()) {
      case "cells" -> ImageKind.CELLS;
      case "number" -> ImageKind.NUMBER;
      case "page" -> throw node.expected("cells or number; whole pages are not read by a form yet");
      default -> throw node.expected("cells or number, not " + node.text());
    };
  }

  private static String group(FormNode whole, ImageKind image, Map<String, FormNode> parts) {
    if (image == ImageKind.NUMBER) {
      if (parts.containsKey("group")) {
        throw parts.get("group").expected("left out where an image is a whole number");
      }
      return null;
    }
    FormNode node = part(whole, parts, "group");
    try {
      Pattern.compile(node.text());
      if (hasGroups(node.text())) {
        return node.text();
      }
    } catch (PatternSyntaxException e) {
      throw node.expected("a regular expression: " + oneLine(e.getDescription()));
    }
    throw node.expected("a regular expression with (?<sheet>…), (?<field>…) and (?<position>…)");
  }

  /** Java 17 does not tell the groups of a pattern, but of a match which it has. */
  private static boolean hasGroups(String pattern) {
    Matcher empty = Pattern.compile("(?:" + pattern + "\n)|").matcher("");
    return empty.find() && GROUPS.stream().allMatch(group -> isGroup(empty, group));
  }

  private static boolean isGroup(Matcher match, String name) {
    try {
      match.start(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
