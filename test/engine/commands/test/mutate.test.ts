import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as testCommand } from '../../../../engine/commands/test/test.ts';
import type { TestCommandOptions } from '../../../../engine/commands/test/test-run.ts';
import { testEnvironment } from '../../../kit/environment.ts';
import { contacts } from '../../conformance/test-file/harness.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-mutate-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function mutate(tests: string, options: TestCommandOptions = {}, mutants = '') {
  writeFileSync(join(folder, 'x.yaml'), contacts);
  writeFileSync(
    join(folder, 'x.test.yaml'),
    `now: 2026-03-01T00:00:00Z\nconfig: { token: very-secret-token }\n${mutants}tests:\n${tests}`,
  );
  const environment = testEnvironment({ env: {} });
  const code = await testCommand(
    [join(folder, 'x.yaml')],
    { checks: false, mutate: true, ...options },
    environment,
  );
  const text = environment
    .written()
    .replaceAll(`${folder}/`, '')
    .replace(/ {2}\(\d.*\)/g, '');
  const survivors = text.split('\n').flatMap((line) => /^mutants {4}survived (\S+ .*)/.exec(line)?.[1] ?? []);
  return { code, text, survivors };
}

const onePage = `
  - name: one page
    stream: contacts
    http: [{ on: POST /contacts/search, json: { data: [{ id: a }] } }]
    expect: { count: 1 }
`;
const all = `${onePage}
  - name: two pages, from a state, after a wait
    stream: contacts
    state: { updated_at: "1772300000" }
    http:
      - on: POST https://api.test/contacts/search
        with:
          headers: { authorization: Bearer very-secret-token }
          query: { after: null }
          body: { pagination: { per_page: 2 } }
        status: 429
        headers: { x-reset: "1772323210" }
      - { on: POST /contacts/search, json: { data: [{ id: a, updated_at: 1772300001 }], next: p2 } }
      - { on: POST /contacts/search?after=p2, json: { data: [{ id: b, updated_at: 1772300002 }] } }
    expect: { count: 2, state: { updated_at: "1772300002" }, waits: [10] }
`;

describe('manifold test --mutate', () => {
  it('names the decisions that no test holds on to, and which test would', async () => {
    const { code, text, survivors } = await mutate(onePage);
    const path = 'streams.contacts.retriever';
    expect(code).toBe(1);
    expect(survivors).toContain(`${path}.paginator is gone`);
    expect(survivors).not.toContain(`${path}.requester.path has an x after its value, /contacts/search`);
    expect(text).toContain(`  No test of contacts notices. It would be seen by a test that reads a second
  page, and says what its request has.
  at x.yaml:25:7   (drop)`);
    expect(text).toMatch(/mutants {4}\d\d\.\d % noticed/);
  });

  it('is content when tests notice each of them', async () => {
    const { survivors } = await mutate(all);
    expect(survivors).toEqual([]);
  });

  it('takes a reason for what may survive, and says when it is needed no more', async () => {
    const unsure = all.replace(', waits: [10]', '');
    const path = 'streams.contacts.retriever.requester.error_handler.**';
    const excused = await mutate(unsure, {}, `mutants: { "${path}": the wait may be any }\n`);
    expect(excused.survivors).toEqual([]);
    expect(excused.code).toBe(0);
    expect(excused.text).toContain('2 excused');

    const idle = await mutate(
      unsure,
      { strict: true },
      `mutants:\n  "${path}": the wait may be any\n  "**.path": { other: nobody looks }\n`,
    );
    expect(idle.text).toContain('the excuse of **.path (other) excuses nothing: remove it');
    expect(idle.code).toBe(1);
  });

  it('may ask for less, and for a part of them', async () => {
    expect((await mutate(onePage, { minScore: '5' })).code).toBe(0);
    const parts = await Promise.all(['1/2', '2/2'].map((shard) => mutate(onePage, { shard })));
    const whole = await mutate(onePage);
    expect(parts.flatMap(({ survivors }) => survivors).sort()).toEqual([...whole.survivors].sort());
    expect((await mutate(onePage, { budget: '0' })).text).toContain('not tried in time');
    const unknown = await mutate(onePage, { stream: ['contact'] });
    expect(unknown.code).toBe(2);
    expect(unknown.text).toContain('The manifest has no stream "contact". Did you mean "contacts"?');
    expect((await mutate(onePage, { shard: '3/2' })).text).toContain('--shard is a part of several');
  });

  it('also asks the built-in checks', async () => {
    const option = 'streams.contacts.retriever.paginator.page_token_option is gone';
    expect((await mutate(onePage)).survivors).toContain(option);
    expect((await mutate(onePage, { checks: ['page-complete'] })).survivors).not.toContain(option);
  });

  it('shows the spec to the check of secrets, where that is asked', async () => {
    const mark = /connection_specification/;
    const { survivors, text } = await mutate(all, { checks: ['spec-secrets'] });
    expect(survivors.filter((each) => mark.test(each))).toEqual([]);
    expect(text).toMatch(/100(?:\.0)? % noticed/);
    expect((await mutate(all)).text).not.toMatch(mark);
  });

  it('shows to tests of `check` what the spec asks of configs, where its checks are asked', async () => {
    const required = 'spec.connection_specification.required.0 token is gone';
    const checks = ['spec-config'];
    expect((await mutate(all, { checks })).survivors).toEqual([required]);
    // Without it the first request has no token.
    expect((await mutate(all, { checks: ['spec-optional'] })).survivors).toEqual([]);
    const refused = `
  - name: no token
    config: { token: null }
    expect: { check: { status: FAILED, message: '"token"' } }
`;
    const { survivors, text } = await mutate(all + refused, { checks, verbose: true });
    expect(survivors).toEqual([]);
    expect(text).toContain(`noticed  ${required} — test: no token`);
  });

  it('waits for the tests to pass', async () => {
    const { code, text } = await mutate(onePage.replace('count: 1', 'count: 2'));
    expect(code).toBe(1);
    expect(text).toContain('Mutants are tried once the tests of the manifest pass.');
  });
});
