import { exampleValue } from '../../../../engine/util/schema/example-value.ts';

const now = Date.UTC(2026, 0, 15, 12, 0, 0, 250);
const begin = Date.UTC(2025, 11, 6, 12, 0, 0, 250);

describe('exampleValue', () => {
  const of = (name: string, schema: object) => exampleValue({ ...schema }, { now }, name);

  it('begins a period a little before now, however old the example is', () => {
    expect(of('start_date', { type: 'string', examples: ['2015-01-01'] })).toBe('2025-12-06');
    expect(of('start_date', { type: 'number', examples: [123131321] })).toBe(Math.floor(begin / 1000));
    expect(of('start_date', { type: 'integer', default: 1577836800000 })).toBe(begin);
    expect(of('start_date', { type: 'string', examples: ['1577836800'] })).toBe(
      String(Math.floor(begin / 1000)),
    );
  });

  it('ends one now', () => {
    expect(of('end_time', { type: 'integer', example: 1577836800 })).toBe(Math.floor(now / 1000));
  });

  it('counts from the epoch where a bound is a number, in the unit that fits', () => {
    expect(of('start_date', { type: 'integer' })).toBe(Math.floor(begin / 1000));
    expect(of('start_timestamp', { type: 'integer', minimum: 1e12 })).toBe(begin);
    expect(of('start_time', { type: 'integer', minimum: 0, maximum: 23 })).toBe(1);
  });

  it('takes any other number as it is given', () => {
    expect(of('account', { type: 'integer', examples: [1577836800] })).toBe(1577836800);
    expect(of('start_page', { type: 'integer', examples: [0] })).toBe(0);
    expect(of('start_date', { type: 'integer', const: 1577836800 })).toBe(1577836800);
  });

  it('writes moments as a pattern wants them, and makes no others out of its digits', () => {
    const pattern = '^[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}$';
    expect(of('start_date', { type: 'string', pattern })).toBe('06/12/2025 12:00');
    expect(of('start_date', { type: 'string', pattern: '^[0-9]{2}h[0-9]{2}$' })).not.toMatch(/^\d\dh/);
  });

  it('makes other texts out of their pattern', () => {
    expect(of('admin_key', { type: 'string', pattern: '^(s|r)k_(live|test)_[a-z]+$' })).toBe('sk_live_a');
  });

  it('fills in the parts that an example leaves open', () => {
    expect(of('domain', { type: 'string', examples: ['<your-domain>.example.net'] })).toBe(
      'your-domain.example.net',
    );
    expect(of('url', { type: 'string', examples: ['https://{subdomain}.example.net/v1'] })).toBe(
      'https://subdomain.example.net/v1',
    );
    expect(of('filter', { type: 'string', examples: ['{"a": 1}'] })).toBe('{"a": 1}');
  });

  it('is one alternative, with what tells it from the others', () => {
    const regions = ['eu', 'us'].map((name) => ({ properties: { name: { type: 'string', const: name } } }));
    expect(of('region', { type: 'object', oneOf: regions })).toEqual({ name: 'eu' });
    expect(exampleValue({ type: 'object', oneOf: regions }, { now, wants: () => false })).toEqual({
      name: 'eu',
    });
  });
});
