import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { SaxesParser } from 'saxes';
import { test as testCommand } from '../../../../engine/commands/test/test.ts';
import { reportJunit } from '../../../../engine/conformance/report-junit.ts';
import { testEnvironment } from '../../../kit/environment.ts';
import { manifestWith } from '../../conformance/harness.ts';

let folder: string;
let said: string;

const file = (name: string) => readFileSync(join(folder, name), 'utf8');

// One of each: an error, a warning, what passes, a skipped test, a failed one, a manifest that cannot be read; names and
// values with all that a format could mistake for its own.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-formats-'));
  writeFileSync(
    join(folder, 'a & b.yaml'),
    manifestWith({ stream: 'primary_key: [no_such]', schema: '{ type: object, properties: { id: {} } }' }),
  );
  writeFileSync(join(folder, 'key, less 9%.yaml'), manifestWith());
  writeFileSync(
    join(folder, 'a & b.test.yaml'),
    `tests:
  - { name: 'one, "two": <three> & ]]> 100%', stream: items, http: [{ on: GET /items, json: [] }], expect: { records: [{ id: "a\\nb" }] } }
  - { name: later, stream: items, skip: not yet, expect: { count: 1 } }
`,
  );
  writeFileSync(join(folder, 'broken.yaml'), 'type: DeclarativeSource\nstreams: [');
  const environment = testEnvironment();
  await testCommand(
    [folder],
    {
      checks: ['pk-in-schema', 'pk-declared', 'catalog', 'spec-types', 'records-some'],
      junit: join(folder, 'junit.xml'),
      sarif: join(folder, 'x.sarif'),
      github: true,
    },
    environment,
  );
  said = environment.written();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What SARIF 2.1.0 (OASIS, section 3) says of the properties that we write, and nothing else. */
const sarif = {
  type: 'object',
  required: ['version', 'runs'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['tool', 'results'],
        additionalProperties: false,
        properties: {
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          tool: {
            type: 'object',
            required: ['driver'],
            properties: {
              driver: {
                type: 'object',
                required: ['name'],
                properties: {
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
                  },
                },
              },
            },
          },
          results: { type: 'array', items: { $ref: '#/definitions/result' } },
        },
      },
    },
  },
  definitions: {
    result: {
      type: 'object',
      required: ['message', 'ruleId', 'level', 'locations'],
      additionalProperties: false,
      properties: {
        ruleId: { type: 'string' },
        ruleIndex: { type: 'integer', minimum: 0 },
        level: { enum: ['none', 'note', 'warning', 'error'] },
        message: {
          type: 'object',
          required: ['text'],
          properties: { text: { type: 'string', minLength: 1 } },
        },
        locations: { type: 'array', minItems: 1, items: { $ref: '#/definitions/location' } },
        relatedLocations: { type: 'array', uniqueItems: true, items: { $ref: '#/definitions/location' } },
      },
    },
    location: {
      type: 'object',
      required: ['physicalLocation'],
      properties: {
        physicalLocation: {
          type: 'object',
          required: ['artifactLocation'],
          properties: {
            artifactLocation: {
              type: 'object',
              required: ['uri'],
              properties: { uri: { type: 'string', pattern: "^(?:file://)?/?[A-Za-z0-9._~%!*'()/-]+$" } },
            },
            region: {
              type: 'object',
              required: ['startLine'],
              properties: {
                startLine: { type: 'integer', minimum: 1 },
                startColumn: { type: 'integer', minimum: 1 },
              },
            },
          },
        },
      },
    },
  },
};

/** As OASIS has published it, of draft 4, whose `id` Ajv does not take. */
function publishedSarif(): object {
  const { id, $schema, ...schema } = JSON.parse(readFileSync(`${__dirname}/sarif-2.1.0.schema.json`, 'utf8'));
  return schema;
}

test('SARIF fits the published schema', () => {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false });
  const isValid = ajv.compile(publishedSarif());
  const log = JSON.parse(file('x.sarif'));
  expect({ isValid: isValid(log), errors: isValid.errors }).toEqual({ isValid: true, errors: null });
  // It is told what does not.
  expect(isValid({ ...log, runs: [{ results: log.runs[0].results }] })).toBe(false);
  expect(isValid({ ...log, runs: [{ ...log.runs[0], results: [{ level: 'error' }] }] })).toBe(false);
});

test('SARIF is as its standard has it, and each result has its rule', () => {
  const log = JSON.parse(file('x.sarif'));
  const ajv = new Ajv({ allErrors: true, formats: { uri: true } });
  expect({ isValid: ajv.validate(sarif, log), errors: ajv.errors }).toEqual({ isValid: true, errors: null });
  const [{ tool, results }] = log.runs;
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  expect(new Set(results.map(({ level }: { level: string }) => level))).toEqual(
    new Set(['error', 'warning']),
  );
  for (const { locations } of results) {
    const { uri } = locations[0].physicalLocation.artifactLocation;
    expect(decodeURIComponent(uri)).toMatch(
      /^file:\/\/\/.*\/(?:a & b(?:\.test)?|key, less 9%|broken)\.yaml$/,
    );
  }
});

interface Element {
  readonly inside: readonly string[];
  readonly needs: readonly string[];
  /** Other attributes that it may have. */
  readonly may: readonly string[];
  readonly hasText?: true;
}

const ofFailures = ['message', 'type'];

/** What Jenkins and Surefire both let the elements have that we write. */
const elements: Readonly<Record<string, Element>> = {
  testsuites: { inside: [''], needs: [], may: ['name', 'time', 'tests', 'failures', 'errors'] },
  testsuite: {
    inside: ['testsuites'],
    needs: ['name', 'tests', 'failures', 'errors', 'skipped'],
    may: ['time'],
  },
  testcase: { inside: ['testsuite'], needs: ['name', 'classname', 'time'], may: [] },
  failure: { inside: ['testcase'], needs: ofFailures, may: [], hasText: true },
  error: { inside: ['testcase'], needs: ofFailures, may: [], hasText: true },
  skipped: { inside: ['testcase'], needs: [], may: ['message'], hasText: true },
  properties: { inside: ['testsuite'], needs: [], may: [] },
  property: { inside: ['properties'], needs: ['name', 'value'], may: [] },
  'system-out': { inside: ['testcase'], needs: [], may: [], hasText: true },
};

/** What Surefire wants in an order, within one element. */
const order = [
  'testsuites',
  'testsuite',
  'property',
  'properties',
  'testcase',
  'failure',
  'skipped',
  'error',
  'system-out',
];

interface Suite {
  readonly said: Readonly<Record<string, string>>;
  readonly counted: Readonly<Record<string, number>>;
}

/** The suites of a report and the names of their cases, of which every element and attribute is looked at. */
function readJunit(text: string): { readonly suites: readonly Suite[]; readonly names: readonly string[] } {
  const parser = new SaxesParser();
  const open: string[] = [];
  // Of each open element, what came in it at last.
  const latest: string[] = [''];
  const suites: { said: Record<string, string>; counted: Record<string, number> }[] = [];
  const names: string[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const said = attributes as Record<string, string>;
    const { inside = [], needs = [], may = [] } = elements[name] ?? {};
    expect(inside).toContain(open.at(-1) ?? '');
    const before = latest.at(-1) ?? '';
    expect(order.indexOf(before)).toBeLessThanOrEqual(order.indexOf(name));
    latest.splice(-1, 1, name);
    latest.push('');
    for (const each of needs) expect(said).toHaveProperty([each]);
    for (const each of Object.keys(said)) expect([...needs, ...may]).toContain(each);
    // Seconds, as Surefire writes them.
    if (said['time'] !== undefined) expect(said['time']).toMatch(/^\d+\.\d{3}$/);
    for (const each of ['tests', 'failures', 'errors', 'skipped'])
      if (said[each] !== undefined) expect(said[each]).toMatch(/^\d+$/);
    if (name === 'testsuite') suites.push({ said, counted: {} });
    if (name === 'testcase') names.push(said['name'] ?? '');
    const counted = suites.at(-1)?.counted;
    if (counted !== undefined) counted[name] = (counted[name] ?? 0) + 1;
    open.push(name);
  });
  parser.on('closetag', () => {
    open.pop();
    latest.pop();
  });
  parser.on('text', (text) => {
    if (text.trim() !== '') expect(elements[open.at(-1) ?? '']?.hasText).toBe(true);
  });
  parser.write(text).close();
  return { suites, names };
}

test('JUnit is XML of the elements that readers know, with the numbers that it says', () => {
  const { suites, names } = readJunit(file('junit.xml'));
  expect(suites).toHaveLength(3);
  for (const { said, counted } of suites)
    expect(said).toMatchObject({
      tests: String(counted['testcase']),
      errors: String(counted['error'] ?? 0),
      skipped: String(counted['skipped'] ?? 0),
    });
  expect(names).toContain('items: one, "two": <three> & ]]> 100%');
  expect(names).toContain('items: later');
});

test('JUnit says of a suite that it is kept from an earlier run, and of characters that XML has not that they were there', () => {
  const test = {
    name: 'a\u0000b\ud800c\ufffe\u{1f600}\u0007',
    stream: undefined,
    level: 'simulated',
    status: 'passed',
    failures: [],
    took: 1234,
    place: { source: { name: 'x.test.yaml', text: '' }, start: 0, end: 0, pointer: '' },
  } as const;
  const report = {
    file: 'x.yaml',
    testFile: undefined,
    problems: [],
    remarks: [],
    checks: [],
    coverage: undefined,
  };
  const { suites, names } = readJunit(
    reportJunit([
      { ...report, tests: [test] as never, took: 60_000, isKept: true },
      { ...report, tests: [], took: 0 },
    ]),
  );
  // What is beyond the first plane of Unicode is no control character.
  expect(names).toEqual(['a\ufffdb\ufffdc\ufffd\u{1f600}\ufffd']);
  expect(suites).toMatchObject([
    { said: { time: '60.000' }, counted: { properties: 1, property: 1, testcase: 1 } },
    // Nothing was asked of it, and so it has no case.
    {
      said: { tests: '0', failures: '0', errors: '0', skipped: '0', time: '0.000' },
      counted: { testsuite: 1 },
    },
  ]);
});

test('annotations are one line each, with nothing in them that GitHub would take for its own', () => {
  const lines = said.split('\n').filter((line) => line.startsWith('::'));
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines)
    expect(line).toMatch(
      /^::(?:error|warning) file=[^,:]+(?:,line=\d+,col=\d+)?(?:,title=[^,:]+)?::(?:[^%]|%(?:25|0A|0D))+$/,
    );
  expect(lines.join('\n')).toContain('100%25');
  // In a property, a comma is a sign of GitHub's own too.
  expect(lines.join('\n')).toMatch(/^::warning file=[^,:]*key%2C less 9%25\.yaml,line=/m);
});
