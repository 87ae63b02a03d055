import { fieldOf } from '../../manifest/node.ts';
import { isTimestampFormat } from '../../time/datetime-format.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { oddDurations } from '../cursor-durations.ts';
import { hasTime, kindOfFormat, textOf } from '../datetime-formats.ts';
import { looked, violation } from '../events.ts';
import { oddityOf } from '../format-oddities.ts';
import { readsAs, readsLocal } from '../iso-moments.ts';
import { oddOnes } from '../odd-ones.ts';
import { once } from '../once.ts';
import { listedFormats, recordFormats } from '../record-formats.ts';
import { fieldSchemas, typesIn } from '../schema-paths.ts';
import { partsOf } from '../simulated/places.ts';
import { propertyNode } from '../stream-schema.ts';
import { streamsIn } from '../streams-in.ts';
import type { StreamAt, Subject } from '../subject.ts';
import { ownFormats } from '../written-formats.ts';

export const cursorFormat = defineCheck({
  id: 'cursor-format',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'the formats of a cursor fit the type and format of its field, the granularity and the cursors of the other streams, a step is longer than the granularity, no step shorter than an hour, and no lookback negative',
  async *run(subject) {
    const isNew = once();
    for (const stream of await subject.streams()) {
      const { incremental } = partsOf(stream);
      // What a hook compares nobody can tell, but a format is one.
      if (incremental?.isHook && isNew(incremental.node)) yield* oddFormats(stream, incremental);
      if (incremental?.traits.compares !== 'datetimes') continue;
      yield looked(stream.name);
      yield* ofSchema(stream, incremental);
      if (!isNew(incremental.node)) continue;
      yield* oddFormats(stream, incremental);
      yield* turned(stream, incremental);
      yield* oddOfFour(stream, incremental);
      yield* oddDurations(stream, incremental, subject.config);
    }
    yield* ofOthers(subject);
  },
});

/** A number is no text, and a day is no moment. */
async function* ofSchema(stream: StreamAt, incremental: ComponentAt): AsyncGenerator<CheckEvent> {
  const { name } = stream;
  const field = stream.definition?.cursorField;
  const schema = await stream.schema();
  const nodes = recordFormats(incremental);
  if (field === undefined || schema === undefined || nodes.length === 0) return;
  const [property] = fieldSchemas(schema.value, field.split('.'));
  if (property === undefined || nodes.some((node) => textOf(node).includes('{{'))) return;
  const types = typesIn(property).filter((type) => type !== 'null');
  const at = propertyNode(schema, field.split('.'));
  // Which of the three is wrong, nobody knows.
  const cursor = written(incremental, 'cursor_field')?.place;
  const also = [at && (fieldOf(at, 'type') ?? at).place, cursor].filter((place) => place !== undefined);
  const formats = nodes.map(textOf);
  const [node] = nodes;
  const said = `the cursor field "${field}" of stream "${name}"`;
  const onlyText = types.length === 1 && types[0] === 'string';
  if (onlyText && formats.every(isTimestampFormat))
    yield violation(node, `By its format, ${formats[0]}, ${said} is a number, and by its schema a text.`, {
      stream: name,
      also,
    });
  if (
    types.length > 0 &&
    types.every((type) => type === 'integer' || type === 'number') &&
    !formats.some(isTimestampFormat) &&
    !formats.some((each) => /^%Y(?:%m(?:%d)?)?$/.test(each))
  )
    yield violation(node, `By its format, ${formats[0]}, ${said} is a text, and by its schema a number.`, {
      stream: name,
      also,
    });
  const format = property['format'];
  if (format === 'date' && formats.every((each) => hasTime(each)) && !formats.some(isTimestampFormat))
    yield violation(
      node,
      `By its format, ${formats[0]}, ${said} has a time, and by its schema it is a date.`,
      {
        stream: name,
        also,
      },
    );
  const isLocal = property['airbyte_type'] === 'timestamp_without_timezone' && formats.some(readsLocal);
  if (onlyText && (format === 'date-time' || format === 'date') && !isLocal && !formats.some(readsAs[format]))
    yield violation(
      node,
      `By its schema, ${said} is a ${format}, as 2026-01-31${format === 'date' ? '' : 'T10:00:00Z'}, which its format, ${formats[0]}, does not read.`,
      { stream: name, also },
    );
}

/** Letters that are easily taken for each other. */
function* oddFormats({ name }: StreamAt, incremental: ComponentAt): Generator<CheckEvent> {
  const bounds = ['start_datetime', 'end_datetime'].map((field) =>
    written(incremental, field, 'datetime_format'),
  );
  for (const node of [written(incremental, 'datetime_format'), ...recordFormats(incremental), ...bounds]) {
    const format = textOf(node);
    const odd = oddityOf(format);
    if (node === undefined || odd === undefined) continue;
    yield violation(node, `The format ${format} of stream "${name}" has ${odd}.`, { stream: name });
    return;
  }
}

/** The API is asked by the year first, and answers with the day, the month or a word first: seldom so. */
function* turned({ name }: StreamAt, incremental: ComponentAt): Generator<CheckEvent> {
  const sent = textOf(written(incremental, 'datetime_format'));
  const formats = listedFormats(incremental);
  const [node] = formats;
  const isIso = (format: string) => isTimestampFormat(format) || /^%Y\W?%m\W?%d|^%F/.test(format);
  if (node === undefined || !isIso(sent) || isTimestampFormat(sent)) return;
  if (formats.some((each) => isIso(textOf(each)) || textOf(each).includes('{{'))) return;
  yield violation(
    node,
    `Records of stream "${name}" are read by ${textOf(node)}, and its requests are written as ${sent}: APIs seldom have two orders of one moment.`,
    { stream: name, also: [written(incremental, 'datetime_format')?.place ?? incremental.node.place] },
  );
}

/** Moments are written in four places of a cursor. Where three agree, the fourth is another one seldom on purpose, unless it reads what is written beside it. */
function* oddOfFour({ name }: StreamAt, incremental: ComponentAt): Generator<CheckEvent> {
  const [listed, ...more] = listedFormats(incremental);
  const nodes = [
    written(incremental, 'datetime_format'),
    more.length === 0 ? listed : undefined,
    written(incremental, 'start_datetime', 'datetime_format'),
    written(incremental, 'end_datetime', 'datetime_format'),
  ];
  if (nodes.some((node) => node === undefined || textOf(node).includes('{{'))) return;
  const own = ownFormats(incremental);
  for (const node of nodes) {
    if (own.has(node)) continue;
    const others = new Set(nodes.filter((other) => other !== node).map(textOf));
    const [other = ''] = others;
    if (
      others.size !== 1 ||
      kindOfFormat(other) === kindOfFormat(textOf(node)) ||
      isTimestampFormat(textOf(node))
    )
      continue;
    yield violation(
      node,
      `Stream "${name}" writes moments as ${textOf(node)} here, and as ${other} at its three other places.`,
      {
        stream: name,
        also: nodes
          .filter((each) => each !== node)
          .flatMap((each) => each?.place ?? [])
          .slice(0, 1),
      },
    );
  }
}

/** Of an API whose streams have one way to write a cursor of this name, one stream seldom has another. */
function* ofOthers(subject: Subject): Generator<CheckEvent> {
  for (const which of ['cursor_datetime_formats', 'datetime_format'] as const) {
    const isNew = once();
    // Streams that are only parents count too.
    const all = [...streamsIn(subject.source)].flatMap((at) => {
      const stream = textIn(at, 'name') ?? '';
      const incremental = childIn(at, 'incremental_sync');
      const list = written(incremental, which);
      const node = list?.kind === 'sequence' ? list.items[0] : list;
      const field = textIn(incremental, 'cursor_field');
      const isUse = node !== undefined && field !== undefined && isNew(node);
      return isUse ? [{ field, node, format: textOf(node), stream }] : [];
    });
    for (const [field, uses] of grouped(all, (use) => use.field))
      for (const { odd, other, others } of oddOnes(uses, ({ format }) => kindOfFormat(format)))
        if (others.length >= fewestOthers)
          yield violation(
            odd.node,
            `Stream "${odd.stream}" reads "${field}" by ${odd.format}, and all ${others.length} other streams with a cursor of this name by ${other.format}.`,
            { stream: odd.stream, also: [other.node.place] },
          );
  }
}

const fewestOthers = 3;
