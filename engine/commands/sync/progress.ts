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
 * `milliseconds` of the whole are not their sum.
 */
export function progressTable(progress: Iterable<StreamProgress>, milliseconds: number): string {
  const streams = [...progress];
  const rows = streams.map((stream) => [
    shortened(stream.name),
    group(stream.records),
    group(stream.requests),
    seconds(stream),
    stream.status === 'done' ? stream.reached : unfinished(stream),
  ]);
  const last = [
    'total',
    group(sum(streams, 'records')),
    group(sum(streams, 'requests')),
    inSeconds(milliseconds),
    '',
  ];
  const head = ['stream', 'records', 'requests', 'seconds', 'cursor reached'];
  return textTable({ head, rows, last, isRight: [false, true, true, true, false] });
}

/** With names of this length the table is as wide as a terminal. */
const longestName = 28;

/** Names that are alike often differ at their ends. */
function shortened(name: string): string {
  const letters = [...name];
  if (letters.length <= longestName) return name;
  return `${letters.slice(0, longestName - 13).join('')}…${letters.slice(-12).join('')}`;
}

/** The status, and the day to which the records that came go. */
function unfinished({ status, records, reached }: StreamProgress): string {
  if (records === 0 || reached === '') return status;
  return `${status}, ${/^\d{4}-\d\d-\d\dT/.test(reached) ? reached.slice(0, 10) : reached}`;
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
