import { createTemplates } from '../../../../engine/template/template.ts';

const templates = createTemplates({ clock: { now: () => 0, sleep: async () => {} } });

describe('a template that only looks up a text', () => {
  const context = () => ({
    config: { id: '42', k: 'id', empty: '' },
    record: { id: '42', a: { id: '[1]' }, n: 5, none: null, empty: '' },
    stream_slice: { id: '42' },
  });

  it.each([
    ['{{ record.id }}', '42'],
    ["{{ record['id'] }}", '42'],
    ['{{ record.a.id }}', '[1]'],
    ["{{ record['a']['id'] }}", '[1]'],
    ['{{ config.id }}', '42'],
  ])('%s gives the text as it is', (template, wanted) => {
    expect(templates.copy(template)(context())).toBe(wanted);
  });

  it.each([
    ['{{ stream_slice.id }}', 42],
    ['{{ record.id }} ', 42],
    ['{{ record.id }}{{ record.id }}', 4242],
    ['{{ record.id | string }}', 42],
    ['{{ record.id ~ 1 }}', 421],
    ['{{ record[config.k] }}', 42],
    ['{{ record.a }}', { id: '[1]' }],
    ['{{ record.n }}', 5],
    ['{{ record.none }}', null],
    ['{{ record.empty }}', ''],
    ['{{ record.missing }}', ''],
    ['{% set record = {"id": "7"} %}{{ record.id }}', 7],
    ['{% if record.id %}{% endif %}', ''],
    ['text', 'text'],
    ['42', 42],
    ["{{ '42' }}", 42],
  ])('%s is read like any other', (template, wanted) => {
    const made = templates.copy(template)(context());
    expect(made).toEqual(templates.string(template)(context()));
    // What is empty is the text of the template itself, or nothing.
    if (wanted !== '') expect(made).toEqual(wanted);
  });
});

describe('a text that cannot be used', () => {
  it('says of stream_state what to use instead', () => {
    expect(() => templates.string('{{ stream_state.x }}')({})).toThrow(
      expect.objectContaining({
        pythonClass: 'AirbyteTracedException',
        message:
          'The stream_state variable is not supported in templates; use stream_interval to get the start and end of a slice.',
      }),
    );
  });
});
