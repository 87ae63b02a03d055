import { createRedactor } from '../../../engine/http/wire/redact.ts';
import { refuseSecrets } from '../../../engine/scrub/refuse-secrets.ts';
import { createScrubber } from '../../../engine/scrub/scrubber.ts';
import { suspicionOf } from '../../../engine/scrub/suspicious.ts';

const canary = 'canary-7h1sIsS3cret';
const scrubber = (fake: readonly string[] = []) =>
  createScrubber({ redactor: createRedactor([canary]), fake });

test('registered secrets are hidden in all their forms', () => {
  const base64 = Buffer.from(`user:${canary}`).toString('base64');
  const body = JSON.stringify({ a: canary, b: `x ${base64} y`, c: encodeURIComponent(canary), n: 1 });
  expect(scrubber().body(body)).not.toMatch(/canary|Y2FuYXJ5/);
  expect(JSON.parse(scrubber().body(body))).toMatchObject({ a: '****', n: 1 });
});

test('credentials are hidden by where they stand', () => {
  expect(
    scrubber().headers([
      ['Authorization', 'Bearer abc'],
      ['X-Api-Key', 'abc'],
      ['Accept', 'application/json'],
    ]),
  ).toEqual({ Authorization: 'Bearer ****', 'X-Api-Key': '****', Accept: 'application/json' });
  expect(scrubber().url('https://u:p@api.test/x?api_key=abc&page=2')).toBe(
    'https://****@api.test/x?api_key=****&page=2',
  );
  expect(scrubber().body('client_secret=abc&grant_type=x')).toBe('client_secret=****&grant_type=x');
  expect(scrubber().value({ access_token: 'abc', token: 'page-2', next: { clientSecret: 'abc' } })).toEqual({
    access_token: '****',
    token: 'page-2',
    next: { clientSecret: '****' },
  });
});

test.each([
  'webhook_secret',
  'signing_secret',
  'appSecret',
  'bot_token',
  'csrf_token',
  'secret_access_key',
  'X-Auth-Token',
])('%s is a credential of whatever it is a field', (name) => {
  expect(scrubber().value({ a: [{ [name]: 'hunter2hunter2' }] })).toEqual({ a: [{ [name]: '****' }] });
});

test.each([
  'next_token',
  'page_token',
  'nextPageToken',
  'nextSyncToken',
  'continuation_token',
  'token',
  'token_type',
])('%s is none', (name) => {
  expect(scrubber().value({ [name]: 'abc' })).toEqual({ [name]: 'abc' });
});

test('credentials are hidden in links of a body', () => {
  expect(
    scrubber().value({
      url: 'see /file?page=2&token=abcdefgh12345&x=1',
      next: '?page_token=abc',
      user: 'https://me:pw@corp.test/?a=1',
    }),
  ).toEqual({
    url: 'see /file?page=2&token=****&x=1',
    user: 'https://****@corp.test/?a=1',
    next: '?page_token=abc',
  });
});

test.each([
  'call Jane at 0151-2345678, please',
  'call +49 151 2345678 today',
  'call (555) 123-4567 today',
  'call 555-123-4567 today',
])('the phone number of "%s" gets a stand-in', (text) => {
  const said = scrubber().text(text);
  expect(said).not.toBe(text);
  expect(said.replace(/\d/g, '0')).toBe(text.replace(/\d/g, '0'));
});

test.each(['order 2024-01-02 10:00:00 +0000 is late', 'order 0151-23 of 5551234567', '0151-2345678'])(
  '"%s" has none',
  (text) => {
    expect(scrubber().text(text)).toBe(text);
  },
);

test('what stands in a field of a person has a name', () => {
  const value = {
    contact: { name: 'Max Mustermann' },
    authors: [{ name: 'Eva' }],
    company: { name: 'Acme' },
  };
  const scrubbed = scrubber().value(value);
  expect(JSON.stringify(scrubbed)).not.toMatch(/Max|Eva/);
  expect(scrubbed).toMatchObject({ company: { name: 'Acme' } });
});

test('people get stand-ins, equal ones for equal values; keys stay', () => {
  const ada = {
    type: 'contact',
    id: '5ba682d23d7cf92bef87bfd4',
    name: 'Ada Lovelace',
    email: 'ada@lovelace.org',
  };
  const value = {
    contact: ada,
    tags: [{ id: 't1', name: 'VIP' }],
    phone: '+44 20 7946 0958',
    last_seen_ip: '81.2.69.142',
    local: 'http://127.0.0.1:8080',
    note: 'wrote to ada@lovelace.org from 81.2.69.142',
    first_name: 'Ada',
    version: '2.11',
    at: '2024-01-02T03:04:05Z',
  };
  const scrubbed = scrubber().value(value) as typeof value;
  expect(JSON.stringify(scrubbed)).not.toMatch(/Ada|Lovelace|lovelace|81\.2|7946/);
  expect(scrubbed.contact).toMatchObject({ type: 'contact', id: ada.id });
  expect(scrubbed.contact.email).toMatch(/^person-[0-9a-f]{8}@example\.com$/);
  expect(scrubbed.note).toBe(`wrote to ${scrubbed.contact.email} from ${scrubbed.last_seen_ip}`);
  expect(scrubbed.phone).toMatch(/^\+44 \d\d \d{4} \d{4}$/);
  expect(scrubbed).toMatchObject({ tags: value.tags, local: value.local, version: '2.11', at: value.at });
  expect(scrubber().url('https://api.test/c?email=ada%40lovelace.org')).toBe(
    `https://api.test/c?email=${scrubbed.contact.email.replace('@', '%40')}`,
  );
  expect(scrubber().value(scrubbed)).toMatchObject({ contact: { email: scrubbed.contact.email } });
});

test('further fields by JSONPath', () => {
  expect(
    scrubber(['$..salary', '$.notes[*]']).value({ a: { salary: 5, id: 5 }, notes: ['x'] }),
  ).toMatchObject({
    a: { salary: expect.any(Number), id: 5 },
    notes: [expect.stringMatching(/^text-/)],
  });
});

test('integers beyond 2^53 keep their digits', () => {
  expect(scrubber().body('{"id":9007199254740993123}')).toBe('{"id":9007199254740993123}');
});

describe('what is left is looked at', () => {
  test.each([
    ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123'],
    ['an access token', `ghp_${'a1B2'.repeat(9)}`],
    ['34 characters without any pattern', 'q8Zr2LmX5vTn9WcB3yKd7HsJ4fGp6NaE1u'],
    ['a credential', 'Authorization: Bearer abcdefghijklmnop'],
  ])('%s', (what, text) => {
    expect(suspicionOf(text)).toBe(what);
    expect(() =>
      refuseSecrets([{ name: 'exchange 1', value: { data: [{ id: 'c1', hook: text }] } }]),
    ).toThrow(/exchange 1 has .* at \$\.data\[0\]\.hook/);
    refuseSecrets([{ name: 'exchange 1', value: { hook: text } }], ['$..hook']);
  });

  test.each([
    ['an id', '5ba682d23d7cf92bef87bfd4'],
    ['a UUID', '123e4567-E89b-12d3-a456-426614174000'],
    ['a digest', 'da39a3ee5e6b4b0d3255bfef95601890afd80709da39a3ee5e6b4b0d3255bfef'],
    ['a page token', Buffer.from('[1700000000000,"5ba682d23d7cf92bef87bfd4",2]').toString('base64')],
    ['a sentence', 'A sentence with some words and 12 numbers, nothing else at all.'],
    ['a URL', 'https://api.test/v1/organizations/5ba682d23d7cf92bef87bfd4/members?after=2024-01-01'],
  ])('%s is none', (_, text) => {
    expect(suspicionOf(text)).toBeUndefined();
  });
});
