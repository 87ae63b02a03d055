import { fieldOf } from '../manifest/node.ts';
import { readPaths } from '../simulator/read-paths.ts';
import { type ComponentAt, textIn, written } from '../validate/visit.ts';
import type { CheckEvent } from './check.ts';
import { violation } from './events.ts';
import { propertyAt } from './spec-paths.ts';
import type { SpecAt } from './subject.ts';

/** A number of the config that a duration counts in one unit, and the spec asks for in another. */
export function* otherUnits(stream: string, at: ComponentAt, spec: SpecAt): Generator<CheckEvent> {
  for (const field of ['step', 'lookback_window', 'cursor_granularity']) {
    const node = written(at, field);
    const [, time, template = '', letter = ''] =
      /^P(T?)\{\{(.*)\}\}([YMWDHS])$/.exec((textIn(at, field) ?? '').trim()) ?? [];
    // `config.days or 14` counts days, and `config.weeks * 7` does, too.
    const [path, ...more] = /[*/%+-]/.test(template) ? [] : readPaths(`{{${template}}}`);
    const property =
      path?.name === 'config' && path.path.length > 0 && more.length === 0
        ? propertyAt(spec.node, path.path.map(String))
        : undefined;
    const unit = units[`${time}${letter}`];
    if (node === undefined || property === undefined || unit === undefined) continue;
    const name = String(path?.path.at(-1));
    const [title, description] = ['title', 'description'].map((word) => {
      const said = fieldOf(property, word);
      return said?.kind === 'scalar' ? String(said.value) : '';
    });
    const said = unitsIn(name.replace(/_/g, ' '), title, counted.exec(description ?? '')?.[1]);
    const [other] = said;
    if (other === undefined || said.has(unit)) continue;
    yield violation(
      node,
      `"${field}" of stream "${stream}" counts "${name}" of the config in ${unit}, and the spec asks for a number of ${other}.`,
      { stream, also: [property.place] },
    );
  }
}

const units: Readonly<Record<string, string>> = Object.freeze({
  Y: 'years',
  M: 'months',
  W: 'weeks',
  D: 'days',
  TH: 'hours',
  TM: 'minutes',
  TS: 'seconds',
});

/** "The number of days per request", "in hours": not "up to two years". */
const counted =
  /\b(?:number of|amount of|how many|(?:measured |given |expressed )?in)\s+(?:calendar |full |whole |past |previous )?((?:years|months|weeks|days|hours|minutes|seconds)\b)/i;

function unitsIn(...texts: readonly (string | undefined)[]): ReadonlySet<string> {
  const words = texts.flatMap(
    (text) => text?.toLowerCase().match(/\b(?:year|month|week|day|hour|minute|second)s\b/g) ?? [],
  );
  return new Set(words);
}
