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

  it('does not tear words apart for secrets of one or two letters', () => {
    expect(createRedactor(['a']).text('banana')).toBe('banana');
  });

  it('hides user, password and credential-like parameters of a URL', () => {
    expect(redactUrl('https://me:pw@x.test/a?api_key=1&page=2&access_token=t')).toBe(
      'https://****@x.test/a?api_key=****&page=2&access_token=****',
    );
  });

  it('hides what follows Bearer and Basic', () => {
    expect(redactCredentials('sent Authorization: Bearer abcdefgh.ijk')).toBe(
      'sent Authorization: Bearer ****',
    );
  });
});
