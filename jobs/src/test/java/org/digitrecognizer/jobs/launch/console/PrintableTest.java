// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void showsWhatATerminalWouldObey() {
    assertThat(Printable.of("a\033[2Jb\r\n\u009bc\u202ed\u2028.png"))
        .isEqualTo("a?[2Jb???c?d?.png");
  }

  @Test
  void leavesAllOtherTextAsItIs() {
    String name = "Prüfung 2024 – “Nr. 7”, 数字 é.png";
    assertThat(Printable.of(name)).isEqualTo(name);
  }
}
