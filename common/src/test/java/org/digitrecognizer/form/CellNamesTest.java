// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.digitrecognizer.number.NumberRule;
import org.junit.jupiter.api.Test;

/** Which cell of a form an image's name is that of. */
class CellNamesTest {

  private static CellNames names(String group) {
    Field field = new Field("account", NumberRule.ofDigits(1, 3), 0, Map.of(), false, List.of());
    return new CellNames(new Form("slip", Form.ImageKind.CELLS, group, List.of(field), "00"));
  }

  @Test
  void thePatternIsFoundAnywhereInTheName() {
    CellNames names = names("(?<sheet>[^/]+)/(?<field>\\w+)_(?<position>\\d+)\\.png$");
    assertThat(names.of("night/0007/account_02.png")).contains(new CellName("0007", "account", 2));
    assertThat(names.of("0007/account_2.tif")).isEmpty();
    assertThat(names.problem("0007/account_2.tif"))
        .isEqualTo("Its name does not match the form's 'group'");
    assertThat(names.of("0007/amount_2.png")).isEmpty();
    assertThat(names.problem("0007/amount_2.png"))
        .isEqualTo("The form has no field 'amount', only account");
  }

  @Test
  void whatIsNoPositionIsNoCell() {
    CellNames names = names("(?<sheet>\\w+)?-(?<field>\\w+)-(?<position>\\w+)?");
    String problem =
        "Its name matches the form's 'group', but gives no sheet, field or position in digits";
    for (String name : List.of("7-account-x", "7-account-", "-account-1", "7-account-1234567")) {
      assertThat(names.of(name)).as(name).isEmpty();
      assertThat(names.problem(name)).as(name).isEqualTo(problem);
    }
    assertThat(names.of("7-account-1")).contains(new CellName("7", "account", 1));
  }
}
