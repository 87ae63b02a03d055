import { gapped, glob } from '../../../../engine/util/text/glob.ts';

/** All texts of a length from these characters. */
function texts(characters: string, length: number): readonly string[] {
  if (length === 0) return [''];
  return texts(characters, length - 1).flatMap((text) => [...characters].map((each) => text + each));
}

describe('glob', () => {
  it.each(['.*', '[^/]+'])('with gaps of %s matches what one that tries all places matches', (gap) => {
    const short = [0, 1, 2, 3, 4, 5].flatMap((length) => texts('ab/', length));
    const patterns = [1, 2, 3, 4].flatMap((length) => texts('a/*', length));
    const matched = (toRegex: (pattern: string) => RegExp) =>
      patterns.map((pattern) => {
        const regex = toRegex(pattern);
        return [pattern, short.filter((text) => regex.test(text))];
      });
    expect(matched((pattern) => glob(pattern, gap))).toEqual(
      matched((pattern) => new RegExp(`^${pattern.split('*').join(gap)}$`, 's')),
    );
  });

  it('has no other special characters', () => {
    const all = '$()+.?[\\]^{|}-/';
    expect(glob(`${all}*`).test(`${all}x`)).toBe(true);
    expect(glob('a.c').test('abc')).toBe(false);
  });

  it.each(['.*', '[^/]+'])('is done at once with many gaps of %s in a long text that does not fit', (gap) => {
    const started = process.cpuUsage().user;
    expect(glob(`${'a****'.repeat(50)}!`, gap).test('a'.repeat(5000))).toBe(false);
    // A hundred thousandth of what trying all places would take, and a hundred times what it takes.
    expect(process.cpuUsage().user - started).toBeLessThan(10_000_000);
  });

  it('takes parts that are sources', () => {
    const pattern = new RegExp(`^${gapped(['', '[ab]', 'c'], '.*')}$`);
    expect(['xac', 'bc', 'xcb', 'c'].map((text) => pattern.test(text))).toEqual([true, true, false, false]);
  });
});
