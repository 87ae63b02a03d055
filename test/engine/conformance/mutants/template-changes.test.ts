import { movedEdges, negated } from '../../../../engine/conformance/mutants/template-changes.ts';

describe('changes of templates', () => {
  it.each([
    ['{{ not response.next }}', '{{ not (not response.next) }}'],
    ['{{- a or b -}}', '{{- not (a or b) -}}'],
    ['{% set x = 1 -%}\n{{ x > 0 }}\n', '{% set x = 1 -%}\n{{ not (x > 0) }}\n'],
  ])('%s means the opposite as %s', (text, opposite) => expect(negated(text)).toBe(opposite));

  it.each(['{% if a %}true{% endif %}', 'true', 'x{{ a }}', '{{ a }}{{ b }}', '{{ a }} or so'])(
    '%s has no expression to be negated',
    (text) => expect(negated(text)).toBeUndefined(),
  );

  it('moves one edge at a time, and leaves texts alone', () => {
    expect([...movedEdges("{{ a <= b < c and d == '<' }}")].map(({ text }) => text)).toEqual([
      "{{ a < b < c and d == '<' }}",
      "{{ a <= b <= c and d == '<' }}",
    ]);
    expect([...movedEdges('<a>{{ b }}</a>')]).toEqual([]);
    expect([...movedEdges('{{ a < }')]).toEqual([]);
  });
});
