import { branchesOf } from '../../../engine/template/branches.ts';
import { createTemplates, type TakenBranch } from '../../../engine/template/template.ts';

describe('the choices that a template writes out', () => {
  it.each([
    ['{{ 1 if 2 else 3 }}', ['inline if@3: then else']],
    ['{% if a %}b{% endif %}', ['if@3: 0 else']],
    [
      '{% if a %}b{% elif c %}d{% elif e %}{{ f if g }}{% else %}h{% endif %}',
      ['if@3: 0 1 2 else', 'inline if@39: then else'],
    ],
    ['{{ 1 }}', []],
    ['{{ if }}', []],
    ['plain if', []],
    ['{% for i in a %}{% if i %}{% endif %}{% endfor %}', ['if@19: 0 else']],
  ])('%s', (template, wanted) => {
    const shown = branchesOf(template).map(({ of, offset, arms }) => `${of}@${offset}: ${arms.join(' ')}`);
    expect(shown).toEqual(wanted);
  });
});

describe('the choices that a rendering makes', () => {
  function taken(template: string): readonly string[] {
    const branches: TakenBranch[] = [];
    const clock = { now: () => 0, sleep: async () => {} };
    const watched = createTemplates({ clock }).watched((branch) => branches.push(branch));
    const read = watched.string(template);
    read({ config: { yes: 1, no: 0, list: [0, 1] } });
    expect(branches.every(({ text }) => text === template)).toBe(true);
    return branches.map(({ of, offset, arm }) => `${of}@${offset}: ${arm}`);
  }

  it.each([
    ['{{ 1 if config.yes else 2 }};', ['inline if@3: then']],
    ['{{ 1 if config.no else 2 }};', ['inline if@3: else']],
    ['{{ config.yes and config.no }};', ['and@3: right']],
    ['{{ config.no and config.yes }};', ['and@3: left']],
    ['{{ config.yes or config.no }};', ['or@3: left']],
    ['{{ config.no or config.yes }};', ['or@3: right']],
    ['{% if config.yes %}a{% elif config.no %}b{% endif %};', ['if@3: 0']],
    ['{% if config.no %}a{% elif config.yes %}b{% endif %};', ['if@3: 1']],
    ['{% if config.no %}a{% elif config.no %}b{% else %}c{% endif %};', ['if@3: else']],
    [
      '{% for i in config.list %}{% if i %}a{% endif %}{{ i and 1 }}{% endfor %};',
      ['if@29: else', 'and@51: left', 'if@29: 0', 'and@51: right'],
    ],
    ['{{ 1 }}', []],
  ])('%s', (template, wanted) => {
    expect(taken(template)).toEqual(wanted);
  });

  it('is told each time, also where only the config is read', () => {
    const arms: unknown[] = [];
    const clock = { now: () => 0, sleep: async () => {} };
    const read = createTemplates({ clock, onBranch: ({ arm }) => arms.push(arm) }).string(
      "{{ 'a' if config.x else 'b' }}",
    );
    const config = { x: 1 };
    expect([read({ config }), read({ config })]).toEqual(['a', 'a']);
    expect(arms).toEqual(['then', 'then']);
  });
});
