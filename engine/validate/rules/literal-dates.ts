import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { pyStr } from '../../template/python-values.ts';
import { createTemplates, inspectTemplate } from '../../template/template.ts';
import { systemClock } from '../../time/clock.ts';
import type { PyDateTime } from '../../time/datetime.ts';
import { formatProblem, parseDatetime } from '../../time/datetime-format.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { type ComponentAt, isFilledIn, textIn, written } from '../visit.ts';

/** The fields that hold moments, by the family of their component. */
const fieldsOf = {
  IncrementalSync: ['start_datetime', 'end_datetime'],
  DatetimeBound: ['datetime', 'min_datetime', 'max_datetime'],
} as const;

/** A moment that is written out, or computed without a config, has the format that it will be read by. */
export function* literalDates(at: ComponentAt): Iterable<Diagnostic> {
  if (at.family !== 'IncrementalSync' && at.family !== 'DatetimeBound') return;
  if (isFilledIn(at)) return;
  const format = textIn(at, 'datetime_format') || textIn(at.parent, 'datetime_format');
  if (format === undefined || formatProblem(format) !== undefined) return;
  for (const field of fieldsOf[at.family]) {
    const node = written(at, field);
    if (node?.kind !== 'scalar') continue;
    if (node.value === '') {
      if (isNeeded(field)) yield errorAt(node, `A datetime of the format "${format}" is expected here.`);
      continue;
    }
    const text = resultOf(String(node.value));
    if (text === undefined || tryTo(() => parseDatetime(text, format)) !== undefined) continue;
    yield errorAt(
      node,
      `"${text}" is not a datetime of the format "${format}", by which it is read.${text === node.value ? '' : ` It is what ${node.value} gives now.`}`,
    );
  }
}

/** The moment that a field holds, where it is written out or computed without a config. */
export function literalMoment(at: ComponentAt, field: string): PyDateTime | undefined {
  const format = textIn(at, 'datetime_format') || textIn(at.parent, 'datetime_format');
  const node = written(at, field);
  if (node?.kind !== 'scalar' || format === undefined || isFilledIn(at)) return undefined;
  const text = resultOf(String(node.value));
  return text === undefined ? undefined : tryTo(() => parseDatetime(text, format));
}

/** The others may be left empty. */
function isNeeded(field: string): boolean {
  return field === 'start_datetime' || field === 'datetime';
}

/** Undefined for a template that needs more than the clock. */
function resultOf(text: string): string | undefined {
  const { isPlain, error, names } = inspectTemplate(text);
  if (isPlain) return text;
  if (error !== undefined || names.length > 0) return undefined;
  const result = tryTo(() => createTemplates({ clock: systemClock }).string(text)({}));
  return result === undefined || result === null ? undefined : pyStr(result);
}
