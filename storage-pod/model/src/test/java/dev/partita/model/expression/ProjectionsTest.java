package dev.partita.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.value.AttributeValue;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionsTest {

  private static final Map<String, AttributeValue> ITEM =
      Documents.item(
          "{a: {b: {c: 1, d: 2}, l: ['0' '1' '2' {x: 'y', z: 'w'}]}, s: 'text', e: [], m: {}}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          s, e                      | {s: 'text', e: []}
          zz                        | {}
          a.b.c                     | {a: {b: {c: 1}}}
          a.b.c, s, a.b.d           | {a: {b: {c: 1, d: 2}}, s: 'text'}
          a.l[2], a.l[0]            | {a: {l: ['0' '2']}}
          a.l[3].x, a.l[1]          | {a: {l: ['1' {x: 'y'}]}}
          a.l[3].x, a.l[3].z        | {a: {l: [{x: 'y', z: 'w'}]}}
          a.l[9]                    | {}
          a.l[3].q, a.b.q, s.q, m.q | {}
          a.b[0], e[0], s[0]        | {}
          a.b, a.l[1]               | {a: {b: {c: 1, d: 2}, l: ['1']}}
          """)
  void cutsThePartialDocument(String projection, String expected) {
    assertThat(
            Projections.project(ExpressionParser.projection(projection, Placeholders.none()), ITEM))
        .isEqualTo(Documents.item(expected));
  }
}
