import { createRedactor } from '../../../engine/http/wire/redact.ts';
import { redactedLine } from '../../../engine/studio/redacted-line.ts';

const line = (secret: string, records: object[]) =>
  redactedLine(
    { type: 'records', slice: 0, page: 0, records: records as never },
    createRedactor([secret]).text,
  );

test('a secret is hidden in texts, in names, and where a number is one', () => {
  expect(JSON.parse(line('s3cret-77', [{ you: 'Bearer s3cret-77', 's3cret-77': 1 }])).records).toEqual([
    { you: 'Bearer ****', '****': 1 },
  ]);
  expect(JSON.parse(line('8473629', [{ key: 8473629, text: 'key 8473629' }])).records).toEqual([
    { key: '****', text: 'key ****' },
  ]);
});

// Such as a config that was made up: what it hides must not tear the lines apart.
test.each(['303', 'true', 'records', '":1', '[{"'])(
  'whatever the secret is, a line stays JSON: %s',
  (secret) => {
    const { records } = JSON.parse(line(secret, [{ a: 930312.5, b: true, c: [{ d: 1 }] }]));
    expect(records).toEqual([{ a: 930312.5, b: true, c: [{ d: 1 }] }]);
  },
);

test('integers beyond 2^53 stay exact', () => {
  expect(line('s3cret', [{ id: 2n ** 60n, you: 's3cret' }])).toContain('"id":1152921504606846976');
});
