import * as z from 'zod';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { datetimeFormats } from '../../language/field-types/datetime-format.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { errorAt, warningAt } from '../../manifest/node-diagnostic.ts';
import { formatProblem } from '../../time/datetime-format.ts';
import { type ComponentAt, isFilledIn, written } from '../visit.ts';

/** A format by which no time can be read. Of several, the others may still do. */
export function* readableFormats(at: ComponentAt): Iterable<Diagnostic> {
  if (at.component === undefined || at.isHook || isFilledIn(at)) return;
  for (const [name, type] of Object.entries(at.component.fields())) {
    const node = isFormat(type) ? written(at, name) : undefined;
    if (node === undefined) continue;
    for (const format of node.kind === 'sequence' ? node.items : [node]) {
      const message = messageFor(format, at.family === 'DatetimeBound');
      if (message !== undefined)
        yield node.kind === 'sequence' ? warningAt(format, message) : errorAt(format, message);
    }
  }
}

/** A bound without a format has that of its cursor. */
function messageFor(node: ManifestNode, mayBeEmpty: boolean): string | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  if (node.value === '') return mayBeEmpty ? undefined : 'No time can be read by an empty format.';
  const problem = formatProblem(node.value);
  if (problem === undefined) return undefined;
  const letters = asDirectives(node.value);
  const hint = letters === undefined ? '' : ` Do you mean "${letters}"?`;
  return `No time can be read by the format "${node.value}": ${inWords(problem)}.${hint}`;
}

/** Python's words for a directive that is there twice are those for the pattern that it makes of the format. */
function inWords(problem: string): string {
  const [, letter] = /^redefinition of group name '(.)'$/.exec(problem) ?? [];
  return letter === undefined ? problem : `it has %${letter} twice`;
}

/** What other languages write for a part of a time. */
const words: readonly (readonly [RegExp, string])[] = [
  [/YYYY|yyyy/g, '%Y'],
  // Months, but minutes behind hours.
  [/(?<!:|HH|hh)MM/g, '%m'],
  [/DD|dd/g, '%d'],
  [/HH|hh/g, '%H'],
  [/mm|MM/g, '%M'],
  [/SSS/g, '%_ms'],
  [/ss|SS/g, '%S'],
];

function asDirectives(format: string): string | undefined {
  if (format.includes('%') || !/YYYY|yyyy/.test(format)) return undefined;
  const made = words.reduce((text, [word, directive]) => text.replace(word, directive), format);
  return formatProblem(made) === undefined ? made : undefined;
}

/** Looks through optional, default and array. */
function isFormat(type: unknown): boolean {
  if (!(type instanceof z.ZodType)) return false;
  if (datetimeFormats.get(type)?.isFormat === true) return true;
  const { def } = type;
  const inner = 'innerType' in def ? def.innerType : 'element' in def ? def.element : undefined;
  return isFormat(inner);
}
