import { requestUrls } from '../../../../engine/validate/rules/request-urls.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(requestUrls);

const url = (text: string) => withRetriever(`requester: { url: "${text}" }`);

describe('requestUrls', () => {
  it.each(['https://a.b/c', 'HTTP://a', "{{ config['url'] }}/a", "https://{{ config['host'] }}/a"])(
    'go somewhere: %s',
    (text) => {
      expectValid(url(text));
    },
  );

  it.each([
    ['api.example.com/items', 'has no scheme. Does it begin with "https://"?'],
    ['/items', 'has no scheme. Does it begin with "https://"?'],
    ['ftp://a.b', 'has the scheme "ftp"; only http and https are known.'],
    ['https:///items', 'has no host.'],
    ['https://', 'has no host.'],
    ['https://a b.c/items', 'cannot be read.'],
  ])('lead nowhere: %s', (text, why) => {
    expectErrors(url(text), [{ message: `The URL "${text}" ${why}`, at: `"${text}"` }]);
  });

  it('may be in quotes, which are taken away', () => {
    const quoted = (text: string) => withRetriever(`requester: { url: '${text.replaceAll("'", "''")}' }`);
    expectValid(quoted(`"https://{{ 'a' if config['x'] == "b" else 'c' }}.d/e/"`));
    expectValid(quoted(`'https://a.b'`));
    expectErrors(quoted('"a.b"'), [
      { message: 'The URL "a.b" has no scheme. Does it begin with "https://"?', at: "'" },
    ]);
    expectErrors(quoted('"https://a.b'), [
      { message: 'The URL ""https://a.b" has no scheme. Does it begin with "https://"?', at: "'" },
    ]);
  });

  it('are those of tokens too', () => {
    const oauth = (endpoint: string) =>
      withRetriever(`requester:
  url: https://a.b
  authenticator: { type: OAuthAuthenticator, client_id: a, client_secret: b, refresh_token: c, token_refresh_endpoint: ${endpoint} }`);
    expectValid(oauth('"https://a.b/token"'));
    expectValid(oauth('"{{ config.url }}/token"'));
    expectErrors(oauth('/token'), [
      { message: 'The URL "/token" has no scheme. Does it begin with "https://"?', at: '/token' },
    ]);
  });

  it('are needed', () => {
    const message = 'This requester has neither "url" nor "url_base", so its requests go nowhere.';
    expectErrors(withRetriever('requester: { path: /items }'), [{ message, at: '{ path: /items }' }]);
    expectErrors(url(''), [{ message, at: '""' }]);
    expectValid(withRetriever('requester: { url_base: "", path: "{{ download_target }}" }'));
    expectErrors(withRetriever('requester: { path: https://a.b/c }'), [
      { message: `${message} Put "https://a.b/c" into "url".`, at: '{ path' },
    ]);
  });
});
