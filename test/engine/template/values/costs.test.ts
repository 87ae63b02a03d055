import { createTemplates } from '../../../../engine/template/template.ts';

const clock = { now: () => 0, sleep: async () => {} };

/** Lists, texts and dicts of a size. */
function contextOf(size: number) {
  const l = Array.from({ length: size }, (_, index) => index);
  const s = 'a'.repeat(size);
  const entries = l.map((index) => [`k${String(index).padStart(5, '0')}`, index] as const);
  const [d, e] = [Object.fromEntries(entries), Object.fromEntries(entries)];
  return { l, m: [...l], w: l.map(() => 'abc'), s, t: `${s.slice(1)}b`, d, e };
}

/** The least work with which a template can be evaluated. */
function costOf(template: string, size: number): number {
  const config = contextOf(size);
  let [tooLittle, enough] = [0, 2 ** 20];
  while (tooLittle + 1 < enough) {
    const work = (tooLittle + enough) >> 1;
    try {
      createTemplates({ clock, work }).string(template)({ config });
      enough = work;
    } catch {
      tooLittle = work;
    }
  }
  return enough;
}

describe('what one more item or character costs', () => {
  it.each([
    ['{{ config.d == config.e }}', 24],
    ['{{ 1 if config.l else 2 }}', 0],
    ['{{ 1 if config.d else 2 }}', 12],
    ['{{ config.l | length }}', 0],
    ['{{ config.d | length }}', 12],
    ['{{ config.s | length }}', 2],
    ['{% for x in config.l %}{% endfor %}', 20],
    ['{% for x in config.d %}{% endfor %}', 28],
    ['{{ 5000 in config.l }}', 8],
    ["{{ 'x' in config.s }}", 0.13],
    ['{{ config.l == config.m }}', 1],
    ['{{ config.s == config.t }}', 0.06],
    ['{{ config.s < config.t }}', 0.06],
    ['{{ config.l < config.m }}', 1],
    ["{{ (config.s + 'a') is string }}", 2],
    ['{{ (config.l + [1]) is string }}', 8],
    ['{{ config.l[1:] is string }}', 8],
    ['{{ config.s[1:] is string }}', 3],
    ['{{ {config.s: 1} is string }}', 0.06],
    ['{{ config.s.upper() is string }}', 3],
    ['{{ config.s }}', 1],
    ['{{ config.l.copy() is string }}', 8],
    ["{{ ','.join(config.w) is string }}", 17],
    ['{{ config.l.count(5) }}', 5],
    ['{{ config.l | sort is string }}', 48],
    ['{{ config.d.items() | list is string }}', 20],
    ['{{ dict(config.d) is string }}', 64],
    ['{{ config.d.copy() is string }}', 64],
    ['{{ config.d is iterable }}', 12],
    ["{{ config.s.replace('a', 'b') is string }}", 4.06],
    ['{{ config.s[0] }}', 1],
    ['{{ (config.l * 2) is string }}', 16],
    ['{{ (config.s * 2) is string }}', 4],
    ["{{ '{:>5}'.format(config.s) is string }}", 3],
    ['{{ config.s ~ config.s }}', 4],
  ])('%s: %p', (template, each) => {
    const [small, large] = [costOf(`${template};`, 200), costOf(`${template};`, 600)];
    expect((large - small) / 400).toBeCloseTo(each, 1);
  });
});
