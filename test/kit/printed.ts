import { createTemplates } from '../../engine/template/template.ts';
import { PythonError } from '../../engine/time/python-error.ts';

/** A config with values of every kind; a template may change it, so each gets its own. */
function config(): Record<string, unknown> {
  return {
    n: 3,
    zero: 0,
    neg: -7,
    half: 2.5,
    big: 123456789012345678901234567890n,
    yes: true,
    no: false,
    none: null,
    s: 'abc Def',
    empty: '',
    u: 'é😀\n"x\'',
    num: '42',
    list: [3, 1, 2],
    pairs: [
      [1, 'a'],
      [2, 'b'],
    ],
    d: { a: 1, b: { c: [1, 2] } },
    rows: [
      { k: 'B', n: 2, g: 'x' },
      { k: 'a', n: 1, g: 'y' },
      { k: 'b', n: 3, g: 'X' },
    ],
    words: ['pear', 'Apple', 'fig', 'apple'],
    html: '<b>"x" & \'y\'</b>',
  };
}

const now = Date.parse('2026-01-15T12:00:00Z');
const environment = { clock: { now: () => now, sleep: async () => {} }, random: () => 0.3 };
const templates = createTemplates(environment);

/** What a template comes to, or the class of its error. A TypeError makes the template itself the result. */
export function outcome(template: string): unknown {
  try {
    return templates.string(template)({ config: config() });
  } catch (error) {
    if (error instanceof PythonError) return error.pythonClass;
    throw error;
  }
}

/** What a template renders to, or the class of its error; templates end in `;` so that their result stays text. */
export function rendered(template: string): unknown {
  const made = outcome(template);
  return made === template ? 'TypeError' : made;
}

/** What an expression prints, or the class of its error. */
export function printed(expression: string): unknown {
  const made = rendered(`{{ ${expression} }};`);
  return typeof made === 'string' && made.endsWith(';') ? made.slice(0, -1) : made;
}

/** The class of an expression's error, and what it says; null where there is none. */
export function failure(expression: string): string | null {
  let told: string | null = null;
  const watched = createTemplates({
    ...environment,
    onWarning: ({ message }) => {
      told = message.replace(/; the template itself is the result$/, '');
    },
  });
  try {
    // A missing value is an error of its own, and not what it falls back to.
    watched.string(`{{ ${expression} }}`, { default: `{{ ${expression} }}` })({ config: config() });
  } catch (error) {
    if (error instanceof PythonError) return `${error.pythonClass}: ${error.message}`;
    throw error;
  }
  return told;
}
