import { parametersOf } from '../language/compile.ts';
import { walk } from '../manifest/walk.ts';
import { createTemplates } from '../template/template.ts';
import { datetimeFromMs } from '../time/datetime.ts';
import { formatDatetime } from '../time/datetime-format.ts';
import { virtualClock } from '../time/virtual-clock.ts';
import { tryTo } from '../util/flow/try-to.ts';
import type { JsonObject } from '../util/json/json.ts';
import { type ComponentAt, childIn, textIn, written } from '../validate/visit.ts';
import { boundOf } from './bound-words.ts';
import { calendarUnits, type Unit } from './datetime-formats.ts';
import { namedFields } from './request-fields.ts';

/** What the requests of a stream tell of a window. */
export interface SentMoments {
  /** The smallest unit of its start that changes a request. */
  readonly unit: Unit;
  /** A request tells where a window ends, or by its name means all that comes after the start. */
  readonly isRange: boolean;
  /** A request tells the time of the day at which a window ends. */
  readonly hasTimeOfEnd: boolean;
}

/** Undefined where requests tell nothing of the start, or its time of the day, or where it cannot be seen. */
export function sentMoments(
  requester: ComponentAt,
  incremental: ComponentAt,
  config: JsonObject,
): SentMoments | undefined {
  const format = textIn(incremental, 'datetime_format') ?? '';
  if (requester.isHook || format === '' || format.includes('{{')) return undefined;
  const uses = [...usesIn(requester)].filter(({ text }) => readsWindow.test(text));
  const option = textIn(incremental, 'start_time_option', 'field_name');
  const startField = textIn(incremental, 'partition_field_start') ?? 'start_time';
  const endField = textIn(incremental, 'partition_field_end') ?? 'end_time';
  const parameters = parametersOf(requester.node);

  function sent(from: number, to: number): string | undefined {
    const written = [from, to].map((ms) => formatDatetime(datetimeFromMs(ms), format));
    const slice = { [startField]: written[0], [endField]: written[1] };
    const texts = uses.map(({ text }) =>
      tryTo(() => String(templates.string(text)({ config, parameters, stream_slice: slice }))),
    );
    if (texts.includes(undefined)) return undefined;
    return [...texts, ...(option === undefined ? [] : [written[0]])].join('\n');
  }

  const usual = sent(start, end);
  if (usual === undefined || sent(start + hour, end) !== usual) return undefined;
  const unit = calendarUnits.find(({ most }) => sent(start + most * 1000, end) !== usual);
  if (unit === undefined) return undefined;
  const names = [option, ...uses.map(({ name }) => name)];
  const isRange =
    childIn(incremental, 'end_time_option') !== undefined ||
    sent(start, end + year) !== usual ||
    names.some((name) => name !== undefined && boundOf(name) === 'start');
  const hasTimeOfEnd =
    childIn(incremental, 'end_time_option') !== undefined || sent(start, end + hour) !== usual;
  return { unit, isRange, hasTimeOfEnd };
}

const hour = 3_600_000;
const year = 366 * 24 * hour;

/** A day, a month or a year later nothing else has changed. */
const start = Date.UTC(2023, 2, 5, 6, 7, 8);
const end = Date.UTC(2024, 8, 9, 10, 11, 12);

const templates = createTemplates({ clock: virtualClock(end) });
const readsWindow = /\bstream_(?:interval|slice|partition)\b/;

interface Use {
  readonly text: string;
  /** What stands before it. */
  readonly name: string | undefined;
}

/** The texts of a request. */
function* usesIn(requester: ComponentAt): Generator<Use> {
  for (const field of ['url_base', 'url', 'path']) {
    const text = textIn(requester, field);
    if (text !== undefined) yield { text, name: undefined };
  }
  for (const field of namedFields)
    for (const { node, name } of walk(written(requester, field)))
      if (node.kind === 'scalar' && typeof node.value === 'string') yield { text: node.value, name };
}
