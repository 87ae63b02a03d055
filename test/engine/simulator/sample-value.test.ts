import { sampleValue } from '../../../engine/simulator/sample-value.ts';

const sample = { number: 3, moment: Date.UTC(2026, 1, 3), seed: 7, hasLargeIntegers: false };
const text = (name: string) => sampleValue({ type: 'string' }, name, sample);

it.each(['timezone', 'time_zone', 'shopTimezone', 'timeZone'])(
  'a text called %s is a time zone that there is',
  (name) => {
    expect(() => new Intl.DateTimeFormat('en', { timeZone: String(text(name)) })).not.toThrow();
  },
);

it('a text with another name is its own for each record', () => {
  expect(text('title')).toBe('title-3');
});
