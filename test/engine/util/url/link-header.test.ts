import { parseLinkHeader } from '../../../../engine/util/url/link-header.ts';

test('names targets by their relation', () => {
  expect(
    parseLinkHeader('<https://api.test/x?page=2>; rel="next", <https://api.test/x?page=9>; rel="last"'),
  ).toEqual({
    next: { url: 'https://api.test/x?page=2', rel: 'next' },
    last: { url: 'https://api.test/x?page=9', rel: 'last' },
  });
});

test('keeps further parameters, and names a target without relation by its URL', () => {
  expect(parseLinkHeader('<https://api.test/a>; results="true"; cursor="0:1:0"')).toEqual({
    'https://api.test/a': { url: 'https://api.test/a', results: 'true', cursor: '0:1:0' },
  });
});

test('no header is no links', () => {
  expect(parseLinkHeader(undefined)).toEqual({});
});
