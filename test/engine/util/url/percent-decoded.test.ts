import { percentDecoded } from '../../../../engine/util/url/percent-decoded.ts';

it('reads what is encoded, and leaves what cannot be read as it is', () => {
  expect(percentDecoded('/sites/https%3A%2F%2Fa.b/%C3%A4')).toBe('/sites/https://a.b/ä');
  expect(percentDecoded('100%/items')).toBe('100%/items');
});
