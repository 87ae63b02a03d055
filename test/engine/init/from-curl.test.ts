import { fromCurl } from '../../../engine/init/from-curl.ts';
import { guessStreams } from '../../../engine/init/guesses.ts';
import { shellWords } from '../../../engine/init/shell-words.ts';
import { writeManifest } from '../../../engine/init/write-manifest.ts';
import { findingsIn, readManifest } from '../../kit/read-manifest.ts';

function manifestOf(curl: string): string {
  const api = fromCurl(curl);
  return writeManifest('tasks', api, guessStreams(api));
}

/** What the manifest of a line asks first, from an API that answers one record. */
async function firstRequest(curl: string, config: Readonly<Record<string, unknown>> = {}) {
  const yaml = manifestOf(curl);
  expect(findingsIn(yaml).filter((text) => text.startsWith('error'))).toEqual([]);
  const read = await readManifest(yaml, () => ({ body: { data: [] } }), { config });
  expect(read.errors).toEqual([]);
  const [request] = read.requests;
  if (request === undefined) throw new Error('nothing was asked');
  return request;
}

describe('a line of curl', () => {
  it('keeps the body of a search, and pages within it', async () => {
    const curl = `curl -sXPOST 'https://api.test/tasks/search?include=lines' -H 'Authorization: Bearer t' --data-raw
      '{"query": {"status": "open", "year": "2024", "text": "{{ x }} {% y"}, "pagination": {"per_page": 2, "starting_after": "x"}}'`;
    const yaml = manifestOf(curl.replace('--data-raw\n', '--data-raw '));
    const read = await readManifest(
      yaml,
      ({ body }) => {
        const { pagination } = JSON.parse(String(body)) as { pagination: { starting_after?: string } };
        return pagination.starting_after === undefined
          ? { body: { data: [{ id: 'a' }, { id: 'b' }] } }
          : { body: { data: [{ id: 'c' }], has_more: false } };
      },
      { config: { api_token: 't' } },
    );
    expect(read.errors).toEqual([]);
    expect(read.requests.map(({ method, url }) => `${method} ${url.pathname}${url.search}`)).toEqual([
      'POST /tasks/search?include=lines',
      'POST /tasks/search?include=lines',
    ]);
    const query = { status: 'open', year: '2024', text: '{{ x }} {% y' };
    expect(read.requests.map(({ body }) => JSON.parse(String(body)))).toEqual([
      { query, pagination: { per_page: 2 } },
      { query, pagination: { per_page: 2, starting_after: 'b' } },
    ]);
  });

  it('keeps headers that mean something to the API, letter by letter', async () => {
    const { headers, url } = await firstRequest(
      `curl https://api.test/tasks?v=1.10 -H "Api-Version: 2.10" -H "Notion-Version: 2022-06-28" -H 'Accept: application/vnd.x+json' -H 'X-List: [1, 2]' -H 'sec-ch-ua: x' -A me`,
    );
    expect(headers).toMatchObject({
      'api-version': '2.10',
      'notion-version': '2022-06-28',
      accept: 'application/vnd.x+json',
      'x-list': '[1, 2]',
    });
    expect(headers).not.toHaveProperty('sec-ch-ua');
    expect(url.search).toBe('?v=1.10');
  });

  it('asks for secrets in the config, wherever they were sent', async () => {
    const curl = `curl https://api.test/tasks/search -b 'sid=hidden-1; theme=dark' -H 'X-CSRF-Token: hidden-2' -d '{"api_token": "hidden-3", "a": 1}' -H 'Authorization: Token hidden-4'`;
    expect(manifestOf(curl)).not.toContain('hidden');
    const config = { cookie: 'sid=mine', x_csrf_token: 'c', api_token: 'b', api_key: 'k' };
    const { headers, body } = await firstRequest(curl, config);
    expect(headers).toMatchObject({ cookie: 'sid=mine', 'x-csrf-token': 'c', Authorization: 'Token k' });
    expect(JSON.parse(String(body))).toEqual({ api_token: 'b', a: 1 });
  });

  it('keeps a cookie that tells nothing', async () => {
    expect((await firstRequest(`curl https://api.test/tasks -b 'lang=en'`)).headers).toMatchObject({
      cookie: 'lang=en',
    });
  });

  it('sends forms as forms, with their pages', async () => {
    const { body, headers } = await firstRequest(
      `curl https://api.test/tasks/list -d state=open --data-urlencode 'q=a b&c' -d limit=20 -d offset=40`,
    );
    expect(Object.fromEntries(new URLSearchParams(String(body)))).toEqual({
      state: 'open',
      q: 'a b&c',
      limit: '20',
    });
    expect(headers['Content-Type']).toContain('x-www-form-urlencoded');
  });

  it('sends GraphQL, and a list, as they are', async () => {
    const graphQl = await firstRequest(
      `curl https://api.test/graphql --json '{"query": "query { tasks { id } }", "variables": {"state": "open"}}'`,
    );
    expect(JSON.parse(String(graphQl.body))).toEqual({
      query: 'query { tasks { id } }',
      variables: { state: 'open' },
    });
    const list = await firstRequest(
      `curl https://api.test/tasks/query --json '["a", {"b": 1}]' -H 'Content-Type: application/json'`,
    );
    expect(JSON.parse(String(list.body))).toEqual(['a', { b: 1 }]);
  });

  it('says what is not in the line', () => {
    expect(() => fromCurl('curl https://api.test/x -d @body.json')).toThrow(
      'The body of the curl line is in the file "body.json". Write what is sent into the line',
    );
    expect(() => fromCurl('curl https://api.test/x -b jar.txt')).toThrow('in the file "jar.txt"');
    expect(() => fromCurl('curl https://api.test/x -F file=@a.csv')).toThrow('uploads a form or a file');
  });

  it('reads lines that were copied for the shells of Windows', async () => {
    const prompt = await firstRequest(
      'curl.exe "https://api.test/items?x=1" ^\r\n  -H "Accept: text/plain" ^\r\n  -H "X-A: 1"',
    );
    expect([prompt.url.href, prompt.headers['x-a']]).toEqual(['https://api.test/items?x=1', '1']);
    const browser = await firstRequest(
      'curl ^"https://api.test/search?a=1^&b=2^" ^\n  -H ^"content-type: application/json^" ^\n  --data-raw ^"^{^\\^"q^\\^":^\\^"x y^\\^"^}^"',
    );
    expect(browser.url.href).toBe('https://api.test/search?a=1&b=2');
    expect(JSON.parse(String(browser.body))).toEqual({ q: 'x y' });
    const power = await firstRequest(
      'curl `\n  -H "Accept: text/plain" `\n  "https://api.test/items?q=1`&size=2"',
    );
    expect(power.url.href).toBe('https://api.test/items?q=1&size=2');
    expect((await firstRequest('$ curl -sL api.test/items')).url.href).toBe('https://api.test/items');
  });

  it.each([
    ['wget https://api.test/x', 'begins with "wget"'],
    ['Invoke-WebRequest -Uri "https://api.test/x"', 'begins with "Invoke-WebRequest"'],
    ['curl ftp://api.test/x', 'begins with "ftp://", and a connector asks https:// or http://'],
    ['curl "{{baseUrl}}/items"', 'has a placeholder, "{{baseUrl}}"'],
    ['curl https://api.test/x https://api.test/y', 'has a second URL'],
    [
      "curl https://api.test/x -H 'Authorization: canary",
      'never closed: the one after its 3 words, at character 28',
    ],
    ['curl https://api.test/x -H @headers.txt', 'in the file "headers.txt"'],
    ['curl https://api.test/x -H Authorization: Bearer canary', 'in no quotes'],
  ])('says what is wrong with %s, and nothing of its values', (line, expected) => {
    expect(() => fromCurl(line)).toThrow(expected);
    expect(() => fromCurl(line)).not.toThrow(/canary/);
  });

  it('reads words as a shell does', () => {
    expect(shellWords(`curl -H"A: b" $'it\\'s \\u0021\\n' "a\\"b\\n" 'c d'e \\\n f`)).toEqual([
      'curl',
      '-HA: b',
      "it's !\n",
      'a"b\\n',
      'c de',
      'f',
    ]);
  });
});
