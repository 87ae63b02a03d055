import { contacts, failuresOf, run } from './harness.ts';

const resume = `
  - name: resumes and survives a 429
    stream: contacts
    state: { updated_at: "1772300000" }
    http:
      - on: POST /contacts/search
        reply: { status: 429, headers: { x-reset: "1772323210" } }
      - on: POST /contacts/search
        with: { body: { pagination: { per_page: 2 } }, headers: { authorization: Bearer very-secret-token } }
        json: { data: [{ id: c1, name: Ann, updated_at: "1772300060" }], next: p2 }
      - on: POST /contacts/search?after=p2
        json: { data: [{ id: c2, updated_at: "1772300070" }] }
    expect:
      records: [{ id: c2 }, { id: c1, name: Ann }]
      count: 2
      state: { updated_at: "1772300070" }
      waits: [10s]
      requests: [POST /contacts/search, POST /contacts/search, "POST /contacts/search?after=p2"]
      slices: 1
      jsonpath: { "$.records[*].id": [c1, c2], "$.requests[0].body.pagination.per_page": 2 }
`;

describe('runTest', () => {
  it('passes when all that is asked and all that comes out is as expected, waits for nothing', async () => {
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const results = await run(resume);
    expect(failuresOf(results)).toEqual([]);
    expect(results[0]).toMatchObject({ status: 'passed', level: 'simulated' });
    const longest = Math.max(0, ...timers.mock.calls.map(([, ms = 0]) => ms));
    timers.mockRestore();
    // The ten seconds that it waits are those of a clock of its own.
    expect(longest).toBeLessThan(10_000);
  });

  it('shows how an unexpected request differs from the nearest exchange, and nothing of what follows from it', async () => {
    const results = await run(resume.replace('per_page: 2 } }, headers', 'per_page: 150 } }, headers'));
    expect(failuresOf(results)).toEqual(
      [
        '11: POST /contacts/search is asked for, and no exchange expects it. The nearest is POST /contacts/search:\nbody.pagination.per_page: expected 150, got 2',
        '11: POST /contacts/search was never asked for. Remove the exchange, or mark it "optional".',
        '14: POST /contacts/search?after=p2 was never asked for. Remove the exchange, or mark it "optional".',
      ].map((text) => text),
    );
  });

  it('holds a stream to its primary key', async () => {
    const keyed = (key: string) => resume.replace('slices: 1', `primary_key: ${key}`);
    expect(failuresOf(await run(keyed('[id]')))).toEqual([]);
    expect(failuresOf(await run(keyed('[[id]]')))).toEqual([]);
    expect(failuresOf(await run(keyed('[id, [n, at]]')))).toEqual([
      '22: The primary key is ["id"], not ["id",["n","at"]].',
    ]);
  });

  it('says when the test answers a request too seldom', async () => {
    const results = await run(
      resume.replace('- on: POST /contacts/search?after=p2', '- on: POST /contacts/search?after=p3'),
    );
    expect(failuresOf(results)[0]).toBe(
      '14: POST /contacts/search?after=p2 is asked for, and no exchange expects it. The nearest is POST /contacts/search?after=p3:\nquery.after: expected "p3", got "p2"',
    );
    const shared = resume.replace('      - on: POST /contacts/search?after=p2', '      - on: GET /never');
    expect(failuresOf(await run(shared))[0]).toMatch(
      /POST \/contacts\/search\?after=p2 is asked for again, and the test answers it once/,
    );
  });

  it('lets an optional exchange go unasked, and counts how often the others are asked for', async () => {
    const exchange = (more: string) => `
  - name: one page
    stream: contacts
    http:
      - { on: POST /contacts/*, json: { data: [] } }
      - { on: GET /me, ${more} }`;
    expect(failuresOf(await run(exchange('optional: true')))).toEqual([]);
    expect(failuresOf(await run(exchange('times: any')))).toEqual([
      '9: GET /me was never asked for. Remove the exchange, or mark it "optional".',
    ]);
  });

  it('says what of the expectations is not met, each at its place', async () => {
    const results = await run(`
  - name: everything is otherwise
    stream: contacts
    http:
      - on: POST /contacts/search
        json: { data: [{ id: c1, n: 9007199254740993, updated_at: "1772300060" }] }
    expect:
      records: [{ id: c1, n: 9007199254740992 }, { id: c9 }]
      count: 3
      state: { updated_at: "1772300070" }
      waits: [1s]
      requests: 2
      slices: 4
      log: [no such words]
      jsonpath: { "$.records[0].id": c2 }
`);
    expect(failuresOf(results)).toEqual([
      '11: Record {"id":"c1"} is another:\nn: expected 9007199254740992, got 9007199254740993',
      '11: No record {"id":"c9"} was emitted.\nemitted: {"id":"c1","n":9007199254740993,"updated_at":"1772300060"}',
      '12: 3 records were expected, and there are 1.',
      '15: 2 requests were expected, and there are 1:\nPOST /contacts/search',
      '16: 4 slices were expected, and 1 were read.',
      '13: The last state is another:\nupdated_at: expected "1772300070", got "1772300060"',
      '17: Nothing that was logged has "no such words" in it.',
      '14: It waits never, not 1s.',
      '18: $.records[0].id leads to another value:\nvalue: expected "c2", got "c1"',
    ]);
  });

  it('takes exact records by all of their fields, and misses none that are left over', async () => {
    const exact = (records: string) => `
  - name: exact
    stream: contacts
    http: [{ on: POST /contacts/search, json: { data: [{ id: c1, a: 1 }, { id: c2 }] } }]
    expect: { exact: ${records} }`;
    expect(failuresOf(await run(exact('[{ id: c2 }, { id: c1, a: 1 }]')))).toEqual([]);
    expect(failuresOf(await run(exact('[{ id: c1 }]')))).toEqual([
      '8: Record {"id":"c1"} is another:\na: expected nothing, got 1',
      '8: A record was not expected: {"id":"c2"}',
    ]);
  });

  it('expects a stream to fail only where it says so', async () => {
    const failing = (expected: string) => `
  - name: forbidden
    stream: contacts
    http: [{ on: POST /contacts/search, status: 403, json: { error: no very-secret-token } }]
    expect: ${expected}`;
    expect(failuresOf(await run(failing('{ error: { message: "403", kind: config_error } }')))).toEqual([]);
    const [unexpected] = failuresOf(await run(failing('{}')));
    expect(unexpected).toMatch(/^8: The stream failed: /);
    expect(unexpected).not.toContain('very-secret-token');
    expect(failuresOf(await run(failing('{ error: not this }')))[0]).toMatch(
      /The stream failed in another way:/,
    );
  });

  it('breaks connections where an exchange says so', async () => {
    const results = await run(`
  - name: the connection is reset once
    stream: contacts
    http:
      - { on: POST /contacts/search, error: reset }
      - { on: POST /contacts/search, json: { data: [{ id: c1 }] } }
    expect: { count: 1 }`);
    expect(failuresOf(results)).toEqual([]);
  });

  describe('of a read that never ends', () => {
    const everySecond = contacts.replace(
      '      datetime_format: "%s"\n    schema',
      '      datetime_format: "%s"\n      step: PT1S\n      cursor_granularity: PT1S\n    schema',
    );
    const test = (http: string) =>
      `\n  - name: all\n    stream: contacts\n    state: { updated_at: "0" }\n    http: [${http}]`;

    it('ends, and says at the exchange that it never would', async () => {
      const started = jest.fn();
      setImmediate(started);
      const [result] = await run(
        test('{ on: POST /contacts/search, times: any, json: { data: [] } }'),
        everySecond,
      );
      expect(failuresOf(result === undefined ? [] : [result])).toEqual([
        expect.stringMatching(
          /^8: POST \/contacts\/search is asked for, after 10000 other requests: the answers of this test never end the read\. Let/,
        ),
      ]);
      expect(result?.outcome?.requests).toHaveLength(10_001);
      // Whoever waits, such as a signal, had a turn while it was read.
      expect(started).toHaveBeenCalledTimes(1);
    });

    it('ends after twenty requests that nothing answers', async () => {
      const failures = failuresOf(await run(test(''), everySecond));
      expect(failures).toHaveLength(21);
      expect(failures.at(-1)).toMatch(/is asked for as well, and the read was ended there/);
    });

    it('says where a paging goes in a circle', async () => {
      const http = '{ on: POST /contacts/search, times: any, json: { data: [{ id: c1 }], next: p2 } }';
      expect(failuresOf(await run(test(http)))[0]).toMatch(/Paging of stream "contacts" makes no progress/);
    });
  });

  it('matches a path with many gaps at once', async () => {
    const path = `/${'contacts****'.repeat(40)}`;
    const manifest = contacts.replace('path: /contacts/search', `path: /${'contacts'.repeat(60)}/search`);
    expect(
      failuresOf(
        await run(`\n  - { name: all, stream: contacts, http: [{ on: POST ${path} }] }`, manifest),
      )[0],
    ).toMatch(/is asked for, and no exchange expects it/);
  });

  it('runs the check of the manifest', async () => {
    const check = (expected: string, status: number) => `
  - name: check
    http: [{ on: POST /contacts/search, status: ${status}, json: { data: [{ id: c1 }] } }]
    expect: { check: ${expected} }`;
    expect(failuresOf(await run(check('SUCCEEDED', 200)))).toEqual([]);
    expect(failuresOf(await run(check('{ status: FAILED, message: "401" }', 401)))).toEqual([]);
    expect(failuresOf(await run(check('SUCCEEDED', 401)))[0]).toMatch(/^7: The check has FAILED/);
  });

  it('does not run what is skipped, and says why', async () => {
    const [result] = await run('\n  - { name: later, stream: contacts, skip: the API is being rebuilt }');
    expect(result).toMatchObject({ status: 'skipped', reason: 'the API is being rebuilt', failures: [] });
  });

  it('tells answers that were recorded from those that are made up', async () => {
    const [result] = await run(
      '\n  - { name: now, stream: contacts, recorded: 2026-02-28, http: [{ on: POST /contacts/search, json: { data: [] } }] }',
    );
    expect(result).toMatchObject({ level: 'recorded', recorded: '2026-02-28', status: 'passed' });
  });
});
