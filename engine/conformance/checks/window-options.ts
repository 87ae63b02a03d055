import { isSliceName } from '../../language/template-names.ts';
import { walk } from '../../manifest/walk.ts';
import { readPaths } from '../../simulator/read-paths.ts';
import { textsIn } from '../../simulator/texts-in.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { addedFields } from '../added-fields.ts';
import { requesterOf } from '../asked-path.ts';
import { boundOf } from '../bound-words.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { textOf } from '../datetime-formats.ts';
import { looked, violation } from '../events.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import type { StreamAt } from '../subject.ts';

export const windowOptions = defineCheck({
  id: 'window-options',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'the start of a window is asked for under the name of a start, its end under that of an end, and neither without the other where there are several windows',
  async *run(subject) {
    for (const stream of await subject.streams()) {
      const { incremental } = partsOf(stream);
      if (incremental === undefined) continue;
      yield looked(stream.name);
      yield* whatIsWrong(stream);
    }
  },
});

function* whatIsWrong(stream: StreamAt): Generator<CheckEvent> {
  const { incremental, requester } = partsOf(stream);
  const { name } = stream;
  const start = childIn(incremental, 'start_time_option');
  const end = childIn(incremental, 'end_time_option');
  const startName = textIn(start, 'field_name');
  const endName = textIn(end, 'field_name');
  if (startName !== undefined && boundOf(startName) === 'end')
    yield violation(
      fieldIn(start, 'field_name'),
      `"start_time_option" of stream "${name}" sends the start of a window as "${startName}", which reads like an end.`,
      { stream: name },
    );
  if (endName !== undefined && boundOf(endName) === 'start')
    yield violation(
      fieldIn(end, 'field_name'),
      `"end_time_option" of stream "${name}" sends the end of a window as "${endName}", which reads like a start.`,
      { stream: name },
    );
  yield* givenBounds(stream);
  yield* writtenBounds(stream);
  const words = [...textsIn(requester?.node)].join(' ');
  const startField = textIn(incremental, 'partition_field_start') ?? 'start_time';
  const endField = textIn(incremental, 'partition_field_end') ?? 'end_time';
  const saysEnd =
    words.includes(endField) || /stream_(?:state|slice|partition|interval)(?!\w|[.[(])/.test(words);
  const step = textIn(incremental, 'step');
  // A window of one day is asked for by its day.
  const isMoment = step === 'P1D' || step === textIn(incremental, 'cursor_granularity');
  if (start !== undefined && end === undefined && step !== undefined && !isMoment && !saysEnd)
    yield violation(
      written(incremental, 'step'),
      `Stream "${name}" is read in windows, and its requests say only where one starts: each of them asks for everything that comes after, so most records are read again and again.`,
      { stream: name },
    );
  const isSaid = words.includes(startField) || /stream_(?:interval|state|slice)|next_page_token/.test(words);
  yield* endAlone(stream, startField, endField, words);
  if (end === undefined || start !== undefined || isSaid) return;
  yield violation(
    written(incremental, 'end_time_option') ?? incremental?.node,
    `Requests of stream "${name}" say where a window ends and not where it starts: each one asks for all that came before.`,
    { stream: name },
  );
}

/** A template of the requester reads where a window ends, and nothing reads where it starts. */
function* endAlone(
  { name, at }: StreamAt,
  startField: string,
  endField: string,
  words: string,
): Generator<CheckEvent> {
  const incremental = childIn(at, 'incremental_sync');
  const requester = requesterOf(at);
  if (written(incremental, 'start_time_option') !== undefined || words.includes(startField)) return;
  for (const { node } of walk(requester?.node, ({ name: field }) => field === '$parameters')) {
    if (node.kind !== 'scalar' || typeof node.value !== 'string') continue;
    const reads = readPaths(node.value);
    const isEnd = reads.some(({ name: from, path }) => isSliceName(from) && path[0] === endField);
    const isOther = reads.some(({ name: from, path }) => isSliceName(from) && path[0] !== endField);
    if (!isEnd || isOther) continue;
    yield violation(
      node,
      `Requests of stream "${name}" say where a window ends, and nothing in them says where it starts: was "${startField}" meant?`,
      { stream: name },
    );
    return;
  }
}

/** The fields of its window that a template reads. */
function readOfWindow(text: string): readonly string[] {
  return readPaths(text).flatMap(({ name, path: [field] }) => (isSliceName(name) ? [String(field)] : []));
}

/** Bounds of windows that records are given. */
function* givenBounds(stream: StreamAt): Generator<CheckEvent> {
  for (const { path, node } of addedFields(stream.at)) {
    const name = String(path.at(-1) ?? '');
    const reads = readOfWindow(String(node.value));
    const isStart = reads.includes('start_time');
    if (isStart === reads.includes('end_time')) continue;
    if (!isStart && isAskedForByStart(stream)) {
      yield violation(
        node,
        `Records of stream "${stream.name}" are given the end of their window as "${name}", and requests say only where it starts: was "start_time" meant?`,
        { stream: stream.name },
      );
      continue;
    }
    if (boundOf(name) !== (isStart ? 'end' : 'start')) continue;
    yield violation(
      node,
      `Records of stream "${stream.name}" are given the ${isStart ? 'start' : 'end'} of their window as "${name}", which reads like ${isStart ? 'an end' : 'a start'}.`,
      { stream: stream.name },
    );
  }
}

/** Bounds that a requester writes itself, under names of its own. */
function* writtenBounds(stream: StreamAt): Generator<CheckEvent> {
  const { requester, incremental } = partsOf(stream);
  for (const { node, name } of walk(requester?.node, ({ name }) => name === '$parameters')) {
    if (name === undefined || node.kind !== 'scalar' || typeof node.value !== 'string') continue;
    const reads = readOfWindow(node.value);
    const [isStart, isEnd] = ['start_time', 'end_time'].map((field) => reads.includes(field));
    const isSwapped =
      isStart === true ? !isEnd && boundOf(name) === 'end' : isEnd === true && boundOf(name) === 'start';
    if (!isSwapped) continue;
    const start = isStart === true ? askedAs(requester, node.value) : undefined;
    const step = written(incremental, 'step');
    // Windows of one day may be asked for by their day alone, as where a range starts and where it ends.
    if (start !== undefined && textOf(step) === 'P1D') continue;
    const rest =
      start === undefined || step === undefined
        ? ''
        : `: "${start}" says the same, so of a window of ${textOf(step)} no more than its beginning is asked for`;
    yield violation(
      node,
      `"${name}" of stream "${stream.name}" is the ${isStart ? 'start' : 'end'} of a window, and its name reads like ${isStart ? 'an end' : 'a start'}${rest}.`,
      { stream: stream.name, also: step === undefined || rest === '' ? [] : [step.place] },
    );
  }
}

/** The name of a start under which a request sends the same value. */
function askedAs(requester: ComponentAt | undefined, value: string): string | undefined {
  return [...walk(requester?.node)].find(
    ({ node, name }) => node.kind === 'scalar' && node.value === value && boundOf(name ?? '') === 'start',
  )?.name;
}

/** Whether templates of the requester read the start of a window, and nothing sends its end. */
function isAskedForByStart({ at }: StreamAt): boolean {
  const incremental = childIn(at, 'incremental_sync');
  const words = [...textsIn(requesterOf(at)?.node)].join(' ');
  const hasOptions = ['start_time_option', 'end_time_option'].some(
    (field) => written(incremental, field) !== undefined,
  );
  return !hasOptions && words.includes('start_time') && !words.includes('end_time');
}
