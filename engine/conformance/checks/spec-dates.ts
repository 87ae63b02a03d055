import { fieldOf, type MappingNode } from '../../manifest/node.ts';
import { searchPattern } from '../../util/schema/schema-values.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { loginResults } from '../login-results.ts';
import { schemasIn } from '../schema-walk.ts';
import { wordsOf } from '../words.ts';

/** What a form's date picker writes, by format. */
const written = { date: '2026-01-31', 'date-time': '2026-01-31T23:59:59Z' } as const;

export const specDates = defineCheck({
  id: 'spec-dates',
  group: 'spec',
  level: 'static',
  severity: 'warning',
  doc: 'a date has a `format`, for the date picker, and a `pattern`, for the check of what is typed, and they agree',
  *run(subject) {
    const { spec } = subject;
    if (spec === undefined) return;
    const untyped = loginResults(subject);
    for (const { node, path } of schemasIn(spec.node)) {
      const name = path.join('.');
      const format = textOf(node, 'format');
      const pattern = textOf(node, 'pattern');
      if (format !== 'date' && format !== 'date-time') {
        const taken = pattern === undefined || isLoose(pattern) ? undefined : formatTakenBy(pattern);
        if (taken === undefined && isDate(path.at(-1)) && pattern !== undefined && takesNoDate(pattern)) {
          yield looked();
          yield violation(
            fieldOf(node, 'pattern'),
            `"${name}" is a date by its name, and its "pattern" refuses ${written.date}, ${written['date-time']} and every other way to write one that is customary.`,
          );
        }
        // APIs name their versions after days, and nobody picks one of those.
        if (taken === undefined || /version$/i.test(path.at(-1) ?? '')) continue;
        yield looked();
        yield violation(
          node,
          `"${name}" takes a date, so a form could show a date picker: add "format: ${taken}".`,
        );
        continue;
      }
      yield looked();
      if (pattern === undefined && !untyped.has(name))
        yield violation(node, `"${name}" is a date without a "pattern", so a date in another form is taken.`);
      else if (pattern !== undefined && searchPattern(pattern)?.test(written[format]) === false)
        yield violation(
          fieldOf(node, 'pattern'),
          `The date picker for "${name}" writes ${written[format]}, which its "pattern" refuses.`,
        );
    }
  },
});

function isDate(name: string | undefined): boolean {
  return /^(?:date|time)$/.test(wordsOf(name ?? '').at(-1) ?? '');
}

/** Days and moments as people write them, with and without what is smaller. */
const customary = [
  ...Object.values(written),
  ...['2026', '2026-01', '2026-01-31T23:59:59', '2026-01-31T23:59:59.000Z', '2026-01-31 23:59:59'],
  ...['2026-01-31T23:59:59+00:00', '01/31/2026', '31/01/2026', '31.01.2026', '2026/01/31', '20260131'],
  ...['1769900000', '1769900000000', '2026-01-31T23:59:59.000000Z', '2026-01-31T23:59', '31-01-2026'],
  // The basic form of ISO 8601.
  ...['20260131T235959Z', '20260131T235959', '20260131235959'],
];

function takesNoDate(pattern: string): boolean {
  const regex = searchPattern(pattern);
  return regex !== undefined && customary.every((text) => !regex.test(text));
}

function formatTakenBy(pattern: string): keyof typeof written | undefined {
  const regex = searchPattern(pattern);
  if (regex?.test(written['date-time']) === true) return 'date-time';
  if (regex?.test(written.date) !== true) return undefined;
  // With a picker for days nobody could say the time that it takes as well.
  return customary.some((text) => text.startsWith(`${written.date}T`) && regex.test(text))
    ? undefined
    : 'date';
}

/** A pattern that also takes other texts says nothing of dates. */
function isLoose(pattern: string): boolean {
  return ['example', 'x-1', 'https://example.com', '12', '1_2', '123456789'].some(
    (text) => searchPattern(pattern)?.test(text) !== false,
  );
}

function textOf(node: MappingNode, field: string): string | undefined {
  const value = fieldOf(node, field);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}
