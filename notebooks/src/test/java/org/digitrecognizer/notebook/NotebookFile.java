// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A notebook as it lies in a folder. */
record NotebookFile(Path path, JsonNode json) {

  /** Returns the notebooks of a folder, in the order of their names. */
  static List<NotebookFile> in(Path folder) throws IOException {
    List<NotebookFile> notebooks = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".ipynb")).sorted().toList()) {
        notebooks.add(new NotebookFile(file, new ObjectMapper().readTree(file.toFile())));
      }
    }
    return notebooks;
  }

  /** Returns the cells that hold code. */
  List<JsonNode> code() {
    return stream(json.get("cells"))
        .filter(cell -> cell.get("cell_type").asText().equals("code"))
        .toList();
  }

  /** Returns the text of a cell. */
  static String source(JsonNode cell) {
    return stream(cell.get("source")).map(JsonNode::asText).collect(Collectors.joining());
  }

  /** Returns the kinds of a cell's outputs, such as {@code execute_result} or {@code error}. */
  static List<String> outputs(JsonNode cell) {
    return stream(cell.get("outputs")).map(output -> output.get("output_type").asText()).toList();
  }

  /** Returns how many pictures there are. */
  long pictures() {
    return json.findValues("image/png").size();
  }

  /** Returns all but the pictures: in their Base64 any word may stand by chance. */
  String words() {
    ObjectNode copy = json.deepCopy();
    copy.findParents("image/png").forEach(data -> ((ObjectNode) data).remove("image/png"));
    return copy.toString();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
