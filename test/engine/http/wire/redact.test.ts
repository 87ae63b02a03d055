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

  it('hides secrets of several lines, folded or line by line', () => {
    const key = '-----BEGIN KEY-----\nMIIBVgIBADANBgkqhkiG\n9w0BAQEFAASCAUAwggE8\n-----END KEY-----';
    const redactor = createRedactor([key]);
    expect(redactor.text(`key ${key.replace(/\s+/g, ' ')} is bad`)).toBe('key **** is bad');
    expect(redactor.text('near "9w0BAQEFAASCAUAwggE8"')).toBe('near "****"');
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
