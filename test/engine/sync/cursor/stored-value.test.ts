import { datetimeValues } from '../../../../engine/sync/cursor/datetime-values.ts';
import { parseStored } from '../../../../engine/sync/cursor/stored-value.ts';

const values = (...input: string[]) => datetimeValues({ output: '%s', input }, undefined);
const remedy = 'Fix it, or remove the stream from the state to read it from the beginning.';

describe('a stored cursor value that is none', () => {
  it.each([
    ['yesterday', '"yesterday" (not a datetime of the format "%s")'],
    [null, 'null (not a datetime of the format "%s")'],
    [true, 'true (not a datetime of the format "%s")'],
    [{ a: 1 }, '{"a":1}'],
  ])('is named with its field: %j', (raw, what) => {
    expect(() => parseStored(values('%s'), 'updated_at', raw)).toThrow(
      `The state of this stream cannot be used: it has "updated_at": ${what}. ${remedy}`,
    );
  });

  it('is said to fit none of several formats, each told once', () => {
    expect(() => parseStored(values('%Y', '%s'), 'updated_at', 'x')).toThrow(
      '(not a datetime of any format of "%Y", "%s")',
    );
  });
});
