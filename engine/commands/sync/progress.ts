import { displayWidth } from '../../error/display-width.ts';
import { textTable } from '../text-table.ts';

/** What a person sees of one stream while it is being read. */
export interface StreamProgress {
  readonly name: string;
  status: 'waiting' | 'reading' | 'done' | 'failed' | 'stopped';
  records: number;
  requests: number;
  startedAt: number | undefined;
  endedAt: number | undefined;
  /** The cursor value reached, if the stream has one. */
  reached: string;
  /** How far in time the states have come, and when they had: the first of this sync, and the last. */
  firstPosition?: Position;
  position?: Position;
  /** The moment up to which it is read, where that is not now. */
  until?: number | undefined;
}

/** Milliseconds since the epoch. */
export interface Position {
  readonly time: number;
  readonly at: number;
}

export function createProgress(names: readonly string[]): ReadonlyMap<string, StreamProgress> {
  return new Map(
    names.map((name) => [
      name,
      {
        name,
        status: 'waiting',
        records: 0,
        requests: 0,
        startedAt: undefined,
        endedAt: undefined,
        reached: '',
      },
    ]),
  );
}

/**
 * The table at the end: stream, records, requests, seconds, cursor reached. Streams are read concurrently, so the
 * `milliseconds` of the whole are not their sum. Where `room` is short, in columns of a terminal, it tells less.
 */
export function progressTable(
  progress: Iterable<StreamProgress>,
  milliseconds: number,
  room = Number.POSITIVE_INFINITY,
): string {
  const streams = [...progress];
  const tables = layouts.map((layout) => tableOf(streams, milliseconds, layout));
  const fits = (table: string) => table.split('\n').every((line) => displayWidth(line) <= room);
  return tables.find(fits) ?? tables.at(-1) ?? '';
}

interface Layout {
  /** The longest name of a stream. */
  readonly name: number;
  /** Moments are told by their day alone. */
  readonly isByDay: boolean;
  readonly hasRequests: boolean;
}

/** From the widest, which fits into 80 columns, on. */
const layouts: readonly Layout[] = [
  { name: 28, isByDay: false, hasRequests: true },
  { name: 28, isByDay: true, hasRequests: true },
  { name: 28, isByDay: true, hasRequests: false },
  { name: 20, isByDay: true, hasRequests: false },
  { name: 12, isByDay: true, hasRequests: false },
];

function tableOf(streams: readonly StreamProgress[], milliseconds: number, layout: Layout): string {
  const withRequests = (count: string) => (layout.hasRequests ? [count] : []);
  const rows = streams.map((stream) => [
    shortened(stream.name, layout.name),
    group(stream.records),
    ...withRequests(group(stream.requests)),
    seconds(stream),
    stream.status === 'done' ? moment(stream.reached, layout.isByDay) : unfinished(stream),
  ]);
  const last = [
    'total',
    group(sum(streams, 'records')),
    ...withRequests(group(sum(streams, 'requests'))),
    inSeconds(milliseconds),
    '',
  ];
  const head = [
    'stream',
    'records',
    ...withRequests('requests'),
    'seconds',
    layout.isByDay ? 'cursor' : 'cursor reached',
  ];
  return textTable({
    head,
    rows,
    last,
    isRight: head.map((_, column) => column > 0 && column < head.length - 1),
  });
}

/** Names that are alike often differ at their ends. */
export function shortened(name: string, longest: number): string {
  const letters = [...name];
  if (letters.length <= longest) return name;
  const end = Math.floor(longest / 2) - 2;
  return `${letters.slice(0, longest - end - 1).join('')}…${letters.slice(-end).join('')}`;
}

/** The status, and the day to which the records that came go. */
function unfinished({ status, records, reached }: StreamProgress): string {
  if (records === 0 || reached === '') return status;
  return `${status}, ${moment(reached, true)}`;
}

function moment(reached: string, isByDay: boolean): string {
  return isByDay && /^\d{4}-\d\d-\d\dT/.test(reached) ? reached.slice(0, 10) : reached;
}

function sum(streams: readonly StreamProgress[], field: 'records' | 'requests'): number {
  return streams.reduce((total, stream) => total + stream[field], 0);
}

function seconds({ startedAt, endedAt }: StreamProgress): string {
  return startedAt === undefined || endedAt === undefined ? '' : inSeconds(endedAt - startedAt);
}

function inSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

function group(count: number): string {
  return count.toLocaleString('en-US');
}
