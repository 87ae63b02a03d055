import { displayWidth } from '../../error/display-width.ts';
import type { Terminal } from '../environment.ts';
import { createPace, durationText, secondsLeft } from './pace.ts';
import type { StreamProgress } from './progress.ts';
import type { RateWindow } from './rate-window.ts';

/** Live progress on a terminal; elsewhere one plain line when a stream starts and one when it ends. */
export interface ProgressView {
  changed(stream: StreamProgress): void;
  /** Whole lines of text, which stay above the progress. */
  say(text: string): void;
  /** Time has passed. */
  tick(): void;
  end(): void;
}

export interface ViewOptions {
  readonly write: (text: string) => void;
  /** Undefined when there is none. */
  readonly terminal: Terminal | undefined;
  readonly now: () => number;
  /** What the API said last of its window of requests. */
  readonly rateWindow?: () => RateWindow | undefined;
}

export function createProgressView(
  streams: ReadonlyMap<string, StreamProgress>,
  { write, terminal, now, rateWindow = () => undefined }: ViewOptions,
): ProgressView {
  return terminal === undefined
    ? plainView(write)
    : terminalView(streams, { write, terminal, now, rateWindow });
}

function plainView(write: (text: string) => void): ProgressView {
  const said = new Map<string, string>();
  return {
    changed({ name, status, records }) {
      if (said.get(name) === status) return;
      said.set(name, status);
      write(status === 'reading' ? `${name}: reading\n` : `${name}: ${status}, ${recordsText(records)}\n`);
    },
    say: write,
    tick() {},
    end() {},
  };
}

function recordsText(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'record' : 'records'}`;
}

const marks = { waiting: '·', reading: '↓', done: '✓', failed: '✗', stopped: '■' } as const;
const millisecondsPerFrame = 80;

interface TerminalOptions {
  readonly write: (text: string) => void;
  readonly terminal: Terminal;
  readonly now: () => number;
  readonly rateWindow: () => RateWindow | undefined;
}

function terminalView(
  streams: ReadonlyMap<string, StreamProgress>,
  { write, terminal, now, rateWindow }: TerminalOptions,
): ProgressView {
  let drawnLines = 0;
  let drawnAt = 0;
  const startedAt = now();
  const pace = createPace(now);
  const width = Math.max('stream'.length, ...[...streams.keys()].map(displayWidth));

  function lineOf(stream: StreamProgress): string {
    const { name, status, records, requests, reached } = stream;
    const isReading = status === 'reading';
    const perSecond = isReading ? pace.perSecond(name, records) : undefined;
    const left = isReading ? secondsLeft(stream, now()) : undefined;
    return columns(
      `${marks[status]} ${name}${' '.repeat(width - displayWidth(name))}`,
      count(records),
      perSecond === undefined ? '' : count(Math.round(perSecond)),
      count(requests),
      reached,
      left === undefined || left < 1 ? '' : durationText(left),
    );
  }

  function footer(all: readonly StreamProgress[]): string {
    const sum = (field: 'records' | 'requests') => all.reduce((total, stream) => total + stream[field], 0);
    const ended = all.filter(({ status }) => status !== 'reading' && status !== 'waiting').length;
    const rate = rateWindow();
    const records = sum('records');
    const perSecond = pace.perSecond('', records);
    return columns(
      `  ${`${ended} of ${all.length}`.padEnd(width)}`,
      count(records),
      perSecond === undefined ? '' : count(Math.round(perSecond)),
      count(sum('requests')),
      rate === undefined ? '' : `rate window: ${rate.used} of ${rate.limit}`,
      durationText((now() - startedAt) / 1000),
    );
  }

  /** Replaces the lines drawn last: cursor up, then clear to the end. */
  function draw(above = ''): void {
    const up = drawnLines > 0 ? `\u001b[${drawnLines}A\u001b[J` : '';
    const all = [...streams.values()];
    const head = columns(
      `  ${'stream'.padEnd(width)}`,
      'records',
      '/s',
      'requests',
      'cursor reached',
      'left',
    );
    // The head, the foot, and the line that the cursor stands on.
    const lines = [head, ...visible(all, terminal.rows - 3).map(lineOf), footer(all)].map((line) =>
      cut(line, terminal.columns - 1),
    );
    write(up + above + lines.map((line) => `${line}\n`).join(''));
    drawnLines = lines.length;
    drawnAt = now();
  }
  return {
    changed() {
      if (now() - drawnAt >= millisecondsPerFrame) draw();
    },
    say: draw,
    tick: () => draw(),
    end: () => draw(),
  };
}

function columns(name: string, ...[records, pace, requests, reached, left]: readonly string[]): string {
  return `${name} ${records?.padStart(11)} ${pace?.padStart(7)} ${requests?.padStart(9)}  ${reached?.padEnd(22)} ${left}`;
}

/** If not all streams fit, those that are being read, and then those that failed. */
function visible(streams: readonly StreamProgress[], room: number): readonly StreamProgress[] {
  if (streams.length <= room) return streams;
  const first = (status: StreamProgress['status']) => streams.filter((stream) => stream.status === status);
  const shown = new Set([...first('reading'), ...first('failed')].slice(0, Math.max(1, room)));
  return streams.filter((stream) => shown.has(stream));
}

/** A line that the terminal would break could not be taken back as one. */
function cut(line: string, columns: number): string {
  let kept = '';
  let used = 0;
  for (const character of line.trimEnd()) {
    used += displayWidth(character);
    if (used > columns) return kept;
    kept += character;
  }
  return kept;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
