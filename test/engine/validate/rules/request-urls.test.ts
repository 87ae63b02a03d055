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

  it('are needed', () => {
    const message = 'This requester has neither "url" nor "url_base", so its requests go nowhere.';
    expectErrors(withRetriever('requester: { path: /items }'), [{ message, at: '{ path: /items }' }]);
    expectErrors(url(''), [{ message, at: '""' }]);
    expectErrors(withRetriever('requester: { path: https://a.b/c }'), [
      { message: `${message} Put "https://a.b/c" into "url".`, at: '{ path' },
    ]);
  });
});
