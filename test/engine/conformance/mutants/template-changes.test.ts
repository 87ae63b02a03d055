import { movedEdges, negated, otherEnds } from '../../../../engine/conformance/mutants/template-changes.ts';

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

  it.each([
    ["{{ stream_interval['start_time'] }}", "{{ stream_interval['end_time'] }}"],
    ['{{ stream_slice.start }}..{{ stream_slice.end }}', '{{ stream_slice.end }}..{{ stream_slice.start }}'],
    ['{{ stream_slice.get("window_end") | int }}', '{{ stream_slice.get("window_start") | int }}'],
    ['{{ stream_slice.cursor_slice.end_date }}', '{{ stream_slice.cursor_slice.start_date }}'],
    ["{{ stream_partition['friend_id'] }}", undefined],
    ["{{ stream_slice['starts'] ~ config['start_date'] }}", undefined],
  ])('%s takes other ends of its window: %s', (text, other) => expect(otherEnds(text)).toBe(other));

  it('moves one edge at a time, and leaves texts alone', () => {
    expect([...movedEdges("{{ a <= b < c and d == '<' }}")].map(({ text }) => text)).toEqual([
      "{{ a < b < c and d == '<' }}",
      "{{ a <= b <= c and d == '<' }}",
    ]);
    expect([...movedEdges('<a>{{ b }}</a>')]).toEqual([]);
    expect([...movedEdges('{{ a < }')]).toEqual([]);
  });
});
