import { urlJoin } from '../../../../engine/util/url/url-reference.ts';

it.each([
  ['https://a.b/v1/', 'x/y', 'https://a.b/v1/x/y'],
  ['https://a.b/v1/', '/x', 'https://a.b/x'],
  ['https://a.b/v1/x/', '../y', 'https://a.b/v1/y'],
  ['https://a.b/', '..', 'https://a.b/'],
  ['https://a.b/v1/', '?q=1', 'https://a.b/v1/?q=1'],
  ['https://a.b/', 'https://c.d/e', 'https://c.d/e'],
  ['https://a.b/', '//c.d/e', 'https://c.d/e'],
  ['{{ config.url }}/', 'x', '{{ config.url }}/x'],
  [
    'https://{{ config.host }}/',
    "{{ stream_partition['id'] }}/x",
    "https://{{ config.host }}/{{ stream_partition['id'] }}/x",
  ],
  ["https://{{ config['host'] }}/", 'x', "https://{{ config['host'] }}/x"],
])('joins %s and %s', (base, reference, joined) => {
  expect(urlJoin(base, reference)).toBe(joined);
});
