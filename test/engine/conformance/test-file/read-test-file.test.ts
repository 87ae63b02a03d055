import { readTestFile } from '../../../../engine/conformance/test-file/read-test-file.ts';
import { locationOf } from '../../../../engine/error/print-location.ts';

function problems(text: string): readonly string[] {
  return readTestFile({ name: 'x.test.yaml', text }).diagnostics.map(
    ({ message, places: [place] }) =>
      `${place === undefined ? '' : locationOf(place).replace('x.test.yaml:', '')} ${message}`,
  );
}

describe('readTestFile', () => {
  it('reads a file with nothing but a reason to skip a check', () => {
    expect(
      problems('skip: { pk-declared: the API has no ids, page-short: { report: it has one page } }'),
    ).toEqual([]);
  });

  it('takes moments as they are written', () => {
    const text = `config: { start_date: 2026-02-01T00:00:00Z, day: 2026-02-01 }
tests:
  - name: a
    stream: s
    state: { at: 2026-02-01 10:00:00 }
    http: [{ on: GET /a, json: [{ at: 2026-02-01T00:00:00Z, 2026-02-01T00:00:00Z: 1 }] }]`;
    const { fields } = readTestFile({ name: 'x.test.yaml', text });
    expect(fields).toMatchObject({
      config: { start_date: '2026-02-01T00:00:00Z', day: '2026-02-01' },
      tests: [
        {
          state: { at: '2026-02-01 10:00:00' },
          http: [{ json: [{ at: '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z': 1 }] }],
        },
      ],
    });
  });

  it.each([
    ['test: []', '1:1 A test file has no field "test". Did you mean "tests"?'],
    ['tests: [{ name: a, stream: s, htpp: [] }]', '1:31 A test has no field "htpp". Did you mean "http"?'],
    ['tests: [{ stream: s }]', '1:9 A test needs the field "name".'],
    ['tests: [{ name: a }]', '1:9 A test names the "stream" that it reads, or expects a "check".'],
    [
      'tests: [{ name: a, stream: s, http: [{ on: /items }] }]',
      '1:44 "on" of an exchange is wrong: a method and a path are expected, such as "GET /items?page=2".',
    ],
    [
      'tests: [{ name: a, stream: s, expect: { wait: [1s] } }]',
      '1:41 The expectation has no field "wait". Did you mean "waits"?',
    ],
    [
      'tests: [{ name: a, stream: s, expect: { count: many } }]',
      '1:48 "count" of the expectation is wrong: a number is expected.',
    ],
    [
      'skip: { pk-declared: }',
      '1:22 "pk-declared" of "skip" is wrong: a reason is expected, or a mapping of streams to reasons.',
    ],
    ['tests: [{ name: a, stream: s, recorded: banana }]', '1:41 "banana" is no day. Write it as 2026-03-01.'],
    ['now: tomorrow', '1:6 "tomorrow" is no moment. Write it as 2026-03-01T00:00:00Z.'],
    [
      'tests: [{ name: a, stream: s }, { name: a, stream: s }]',
      '1:41 There are two tests named "a" of stream "s".',
    ],
    [
      'tests: [{ name: a, stream: s, http: [{ on: GET /a, json: {}, text: b }] }]',
      '1:38 An answer has one body, and this one has "json", "text".',
    ],
    [
      'tests: [{ name: a, stream: s, http: [{ on: GET /a, status: 200, reply: { json: {} } }] }]',
      '1:38 The answer stands under "reply" or beside "on", not in both places.',
    ],
  ])('says what is wrong with %s', (text, message) => {
    expect(problems(text)).toEqual([message]);
  });

  it('says where a file is no YAML', () => {
    expect(problems('tests: [')).toHaveLength(1);
  });
});
