import { createRedactor, redactCredentials, redactUrl } from '../../../../engine/http/wire/redact.ts';

describe('redacting', () => {
  it('hides registered secrets, the longest first', () => {
    const redactor = createRedactor(['abc', 'abcdef']);
    expect(redactor.text('abcdef and abc')).toBe('**** and ****');
  });

  it('hides a secret in the form it has inside a URL', () => {
    const redactor = createRedactor();
    redactor.add('a b/c');
    expect(redactor.text('https://x.test/?q=a%20b%2Fc')).toBe('https://x.test/?q=****');
  });

  it('hides a secret in the form it has inside a form', () => {
    const body = new URLSearchParams({ password: "it's (mine)", user: 'me' }).toString();
    expect(createRedactor(["it's (mine)"]).text(body)).toBe('password=****&user=me');
  });

  const secret = 'p&ss "wörd"/+\'x';
  it.each([
    ['lower-case percent-encoding', encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
    ['HTML', secret.replace('&', '&amp;').replaceAll('"', '&quot;').replace("'", '&#39;')],
    ['JSON', JSON.stringify({ secret })],
    ['JSON inside JSON', JSON.stringify(JSON.stringify({ secret }))],
    ['JSON in ASCII', JSON.stringify({ secret }).replace('ö', '\\u00F6')],
    ['JSON with slashes escaped', JSON.stringify({ secret }).replace('/', '\\/')],
    ['JSON for HTML', JSON.stringify({ secret }).replace('&', '\\u0026').replace("'", '\\u0027')],
    ['percent-encoding of every byte', Buffer.from(secret).toString('hex').replace(/../g, '%$&')],
    ['a URL inside of a URL', encodeURIComponent(`https://x.test/?q=${encodeURIComponent(secret)}`)],
    [
      'HTML in ASCII',
      secret.replace('&', '&amp;').replaceAll('"', '&quot;').replace("'", '&#39;').replace('ö', '&#246;'),
    ],
    ['Base64', Buffer.from(secret).toString('base64')],
    ['Base64 behind a user', `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`],
    ['Base64 behind a longer user', Buffer.from(`users:${secret}`).toString('base64')],
    ['Base64 for URLs', Buffer.from(`ab:${secret}:c`).toString('base64url')],
  ])('hides a secret in %s', (_what, text) => {
    const hidden = createRedactor([secret]).text(text);
    expect(hidden).toContain('****');
    expect(hidden).not.toMatch(/wörd|w%c3|w%25c3|w.u00f6|%77|w&#|d2|78|K3|cmQ/i);
  });

  const plain = 'sk-Live-9f8e7d6c5b4a';
  const base64url = (text: string) => Buffer.from(text).toString('base64url');
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const wrapped = (text: string, length: number, by: string) =>
    text.replace(new RegExp(`.{${length}}(?!$)`, 'g'), (line) => line + by);
  it.each([
    ['broken over lines', wrapped(plain, 7, '\n')],
    ['broken over lines in JSON', wrapped(plain, 9, '\\n')],
    ['with a blank behind each character', wrapped(plain, 1, ' ')],
    ['with characters that cannot be seen', wrapped(plain, 4, '\u200b')],
    ['in Base64 of several lines', wrapped(base64(`user:${plain}`), 12, '\r\n')],
    ['in Base64 of several lines in JSON', wrapped(base64(`user:${plain}`), 20, '\\r\\n')],
    ['in Base64 three times', base64(base64(base64(plain)))],
    ['in Base64 of a URL', base64(`https://x.test/?q=${encodeURIComponent(`é ${plain}`)}`)],
    ['in Base64 of JSON in a path', `/v1/${base64(JSON.stringify({ token: plain }))}`],
    [
      'in quoted-printable',
      [...plain].map((sign) => `=${Buffer.from(sign).toString('hex').toUpperCase()}`).join(''),
    ],
    ['in quoted-printable with a soft line break', wrapped(plain, 10, '=\r\n')],
    ['in octal', [...plain].map((sign) => `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`).join('')],
  ])('hides a secret %s', (_what, text) => {
    const hidden = createRedactor([plain]).text(`before: ${text}, after`);
    expect(hidden).toMatch(/^before: (?:\/v1\/)?\*\*\*\*(?:[a-zA-Z]{0,3}=*)?, after$/);
  });

  it.each([
    ['put together of accents', 'Ünïcödé-Geheim'.normalize('NFD')],
    ['taken for Latin-1', Buffer.from('Ünïcödé-Geheim').toString('latin1')],
    ['in quoted-printable', '=C3=9Cn=C3=AFc=C3=B6d=C3=A9-Geheim'],
  ])('hides a secret beyond ASCII that is %s', (_what, text) => {
    expect(createRedactor(['Ünïcödé-Geheim']).text(`before ${text} after`)).toBe('before **** after');
  });

  it('leaves what only looks like it', () => {
    const text = `the sake of living, a=20&b=3D, C:\\163\\dir, ${base64('nothing in particular')}`;
    expect(createRedactor([plain, 'abc']).text(text)).toBe(text);
  });

  it('hides secrets of several lines, folded or line by line', () => {
    const key = '-----BEGIN KEY-----\nMIIBVgIBADANBgkqhkiG\n9w0BAQEFAASCAUAwggE8\n-----END KEY-----';
    const redactor = createRedactor([key]);
    expect(redactor.text(`key ${key.replace(/\s+/g, ' ')} is bad`)).toBe('key **** is bad');
    expect(redactor.text('near "9w0BAQEFAASCAUAwggE8"')).toBe('near "****"');
  });

  it.each([
    ['in capitals', (text: string) => text.toUpperCase()],
    ['in small letters', (text: string) => text.toLowerCase()],
    ['backwards', (text: string) => [...text].reverse().join('')],
    ['the first half', (text: string) => text.slice(0, 10)],
    ['the second half', (text: string) => text.slice(10)],
    ['in Base32', () => 'INQW4YLSPEWTG42UEN2G62ZNJQ2TKMQ='],
    ['in Base32 with something around it', () => 'PB4UGYLOMFZHSLJTONKCG5DPNMWUYNJVGJQW4ZBAONXSA33O'],
  ])('hides a long secret %s', (_, write) => {
    const secret = 'Canary-3sT#tok-L552';
    expect(createRedactor([secret]).text(`say "${write(secret)}"`)).toMatch(/^say "(?:\w{0,4})\*\*\*\*"$/);
  });

  it('leaves halves that are words, and short secrets in capitals', () => {
    expect(createRedactor(['production-environment']).text('environment')).toBe('environment');
    expect(createRedactor(['my-account']).text('MY-ACCOUNT')).toBe('MY-ACCOUNT');
  });

  it('hides payload and signature of a web token where they are apart', () => {
    const [head, payload, signature] = ['{"alg":"HS256"}', '{"iss":"my-app"}', 'signed by somebody'].map(
      base64url,
    );
    const redactor = createRedactor([`${head}.${payload}.${signature}`]);
    expect(redactor.text(`${payload} | ${signature}`)).toBe('**** | ****');
  });

  it('knows web tokens that begin alike by their beginning, so that thousands of them cost nothing', () => {
    const head = base64url('{"alg":"HS256","typ":"JWT"}');
    const token = (number: number) => `${head}.${base64url(`{"iat":${number}}`)}.signature${number}`;
    const redactor = createRedactor(Array.from({ length: 1000 }, (_, number) => token(number)));
    expect(redactor.text(`Bearer ${token(3)}, ${token(999)}.`)).toBe('Bearer ****, ****.');
    expect(redactor.text('only signature3')).toBe('only signature3');
  });

  it('hides the beginning of a secret where a text was cut off', () => {
    const redactor = createRedactor(['correct-horse-battery']);
    expect(redactor.text('body: "token correct-ho…" and more')).toBe('body: "token ****…" and more');
    expect(redactor.text('a cor…')).toBe('a cor…');
  });

  it('does not tear words apart for secrets of one or two letters', () => {
    expect(createRedactor(['a']).text('banana')).toBe('banana');
  });

  it('hides user, password and credential-like parameters of a URL', () => {
    expect(redactUrl('https://me:pw@x.test/a?api_key=1&page=2&access_token=t')).toBe(
      'https://****@x.test/a?api_key=****&page=2&access_token=****',
    );
  });

  it('hides what follows Bearer and Basic, and users of URLs wherever they stand', () => {
    expect(redactCredentials('sent Authorization: Bearer abcdefgh.ijk')).toBe(
      'sent Authorization: Bearer ****',
    );
    expect(redactCredentials('no access to https://me:pw@x.test/a, nor ftp://you@y')).toBe(
      'no access to https://****@x.test/a, nor ftp://****@y',
    );
    expect(redactCredentials('Bearer abcdefgh$ECRET&more, said the API')).toBe('Bearer **** said the API');
  });
});
