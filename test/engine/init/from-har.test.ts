import { fromHar } from '../../../engine/init/from-har.ts';
import { guessStreams } from '../../../engine/init/guesses.ts';
import { writeManifest } from '../../../engine/init/write-manifest.ts';
import { findingsIn, readManifest } from '../../kit/read-manifest.ts';

const headers = [
  { name: 'Authorization', value: 'Bearer hidden-1' },
  { name: 'Cookie', value: 'sid=hidden-2' },
  { name: 'Accept', value: 'application/json' },
  { name: ':authority', value: 'app.test' },
];

function entry(method: string, url: string, answer: unknown, body?: unknown) {
  const postData = { mimeType: 'application/json', text: JSON.stringify(body) };
  return {
    request: { method, url, headers, ...(body !== undefined && { postData }) },
    response: {
      status: 200,
      headers: [{ name: 'Link', value: '</app.css>; rel=preload' }],
      content: { text: JSON.stringify(answer) },
    },
  };
}

const recorded = {
  log: {
    entries: [
      entry('GET', 'https://app.test/projects?page=1&per_page=2&team=blue&sort=a', {
        projects: [{ id: 1, name: 'hidden-3' }],
      }),
      entry('GET', 'https://app.test/projects?page=2&per_page=2&team=blue&sort=b', { projects: [{ id: 2 }] }),
      entry(
        'POST',
        'https://app.test/issues/search',
        { items: [{ id: 'a' }] },
        { filter: { state: 'open' }, limit: 2, offset: 0 },
      ),
      entry(
        'POST',
        'https://app.test/issues/search',
        { items: [{ id: 'b' }] },
        { filter: { state: 'open' }, limit: 2, offset: 2 },
      ),
      entry('POST', 'https://app.test/events', { events: [{ id: 'c' }] }, { name: 'click' }),
    ],
  },
};

describe('a HAR file', () => {
  const api = fromHar(recorded);
  const yaml = writeManifest('app', api, guessStreams(api));

  it('becomes a manifest without errors, without values of answers, without what logs in', () => {
    const findings = findingsIn(yaml);
    expect(findings.every((text) => /A guess \([\d.]+\) that nobody has reviewed/.test(text))).toBe(true);
    expect(yaml).not.toContain('hidden');
    expect(yaml).not.toContain('preload');
    expect(yaml).toContain('"sort" was sent with several values, and is left out');
  });

  it('reads lists and searches with their pages, and nothing that changes something', async () => {
    const read = await readManifest(
      yaml,
      ({ url, body }) => {
        if (url.pathname === '/projects')
          return { body: { projects: url.searchParams.get('page') === '2' ? [] : [{ id: 1 }, { id: 2 }] } };
        const { offset = 0 } = JSON.parse(String(body)) as { offset?: number };
        return { body: { items: offset === 0 ? [{ id: 'a' }, { id: 'b' }] : [{ id: 'c' }] } };
      },
      { config: { api_token: 't', cookie: 'sid=mine' } },
    );
    expect(read.errors).toEqual([]);
    expect([...read.asked].sort()).toEqual([
      'GET /projects?team=blue&page=2&per_page=2',
      'GET /projects?team=blue&per_page=2',
      'POST /issues/search',
      'POST /issues/search',
    ]);
    expect(
      read.requests.flatMap(({ body }) => (body === undefined ? [] : [JSON.parse(String(body))])),
    ).toEqual([
      { filter: { state: 'open' }, limit: 2 },
      { filter: { state: 'open' }, limit: 2, offset: 2 },
    ]);
    for (const { headers: sent } of read.requests)
      expect(sent).toMatchObject({ accept: 'application/json', cookie: 'sid=mine' });
    expect(read.records.map(({ id }) => id).sort()).toEqual([1, 2, 'a', 'b', 'c']);
  });
});

describe('GraphQL', () => {
  const query = (name: string, fields: string) =>
    `query ${name}($first: Int, $after: String) { ${fields}(first: $first, after: $after) { nodes { id } pageInfo { endCursor } } }`;
  const ask = (name: string, fields: string, after: string | null, answer: unknown) =>
    entry(
      'POST',
      'https://app.test/graphql',
      { data: answer },
      { query: query(name, fields), variables: { first: 2, after } },
    );
  const har = {
    log: {
      entries: [
        ask('Issues', 'issues', null, {
          issues: {
            nodes: [{ id: 'a', updatedAt: '2026-01-01T00:00:00Z' }],
            pageInfo: { hasNextPage: true, endCursor: 'a' },
          },
        }),
        ask('Issues', 'issues', 'a', {
          issues: {
            nodes: [{ id: 'b', updatedAt: '2026-01-02T00:00:00Z' }],
            pageInfo: { hasNextPage: false, endCursor: 'b' },
          },
        }),
        ask('getTeams', 'teams', null, {
          viewer: {
            teams: {
              edges: [{ cursor: 'x', node: { id: 't', name: 'hidden-9' } }],
              pageInfo: { endCursor: 'x' },
            },
          },
        }),
      ],
    },
  };

  it('makes a stream of each query, though all have one path, and pages of its variables', () => {
    const streams = guessStreams(fromHar(har));
    expect(
      streams.map(({ name, recordPath, paging }) => [
        name,
        recordPath.value.join('.'),
        paging?.value.parameter?.field?.join('.'),
        paging?.value.tokenPath.join('.'),
      ]),
    ).toEqual([
      ['issues', 'data.issues.nodes', 'variables.after', 'data.issues.pageInfo.endCursor'],
      ['teams', 'data.viewer.teams.edges.*.node', 'variables.after', 'data.viewer.teams.pageInfo.endCursor'],
    ]);
  });
});

it('keeps no secret of an address, a parameter or a body', () => {
  const api = fromHar({
    log: {
      entries: [
        entry('GET', 'https://app.test/users/5/keys/KEYCANARY_zz88?hmac=hidden-5&tkn=hidden-6', [{ id: 1 }]),
        entry('GET', 'https://app.test/links/aB3hiddeN9x/clicks', [{ id: 1 }]),
        entry('POST', 'https://app.test/search', { items: [{ id: 1 }] }, { otp: 'hidden-7', state: 'open' }),
      ],
    },
  });
  const yaml = writeManifest('app', api, guessStreams(api));
  expect(yaml).toContain('state');
  expect(yaml).not.toMatch(/hidde|canary|zz88/i);
});
