import { displayWidth } from '../../error/display-width.ts';
import type { Terminal } from '../environment.ts';
import { createPace, durationText, secondsLeft } from './pace.ts';
import { type StreamProgress, shortened } from './progress.ts';
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
  const longest = Math.max('stream'.length, ...[...streams.keys()].map(displayWidth));
  /** Of the names: long ones are shortened rather than what stands behind them. */
  const nameWidth = () =>
    longest + besideNames <= terminal.columns
      ? longest
      : Math.min(longest, mostOfName, Math.max(leastOfName, terminal.columns - besideNamesAtLeast));

  function lineOf(stream: StreamProgress): string {
    const { name, status, records, requests, reached } = stream;
    const isReading = status === 'reading';
    const perSecond = isReading ? pace.perSecond(name, records) : undefined;
    const left = isReading ? secondsLeft(stream, now()) : undefined;
    const width = nameWidth();
    const shown = displayWidth(name) <= width ? name : shortened(name, width);
    return columns(
      terminal.columns,
      `${marks[status]} ${shown}${' '.repeat(Math.max(0, width - displayWidth(shown)))}`,
      [
        count(records),
        perSecond === undefined ? '' : count(Math.round(perSecond)),
        count(requests),
        reached,
        left === undefined || left < 1 ? '' : durationText(left),
      ],
    );
  }

  function footer(all: readonly StreamProgress[]): string {
    const sum = (field: 'records' | 'requests') => all.reduce((total, stream) => total + stream[field], 0);
    const ended = all.filter(({ status }) => status !== 'reading' && status !== 'waiting').length;
    const rate = rateWindow();
    const records = sum('records');
    const perSecond = pace.perSecond('', records);
    return columns(terminal.columns, `  ${`${ended} of ${all.length}`.padEnd(nameWidth())}`, [
      count(records),
      perSecond === undefined ? '' : count(Math.round(perSecond)),
      count(sum('requests')),
      rate === undefined ? '' : `rate window: ${rate.used} of ${rate.limit}`,
      durationText((now() - startedAt) / 1000),
    ]);
  }

  /** Replaces the lines drawn last: cursor up, then clear to the end. */
  function draw(above = ''): void {
    const up = drawnLines > 0 ? `\u001b[${drawnLines}A\u001b[J` : '';
    const all = [...streams.values()];
    const head = columns(terminal.columns, `  ${'stream'.padEnd(nameWidth())}`, [
      'records',
      '/s',
      'requests',
      'cursor reached',
      'left',
    ]);
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

/** What the other columns take, all of them and at least, with the mark before the name. */
const besideNames = 51;
const besideNamesAtLeast = 33;
/** Of a name, in columns. */
const mostOfName = 28;
const leastOfName = 10;

/** Which columns have room beside the names, the first that fits: a line that is cut off in a number would mislead. */
const layouts = [
  { requests: true, pace: true, reached: 22 },
  { requests: true, pace: true, reached: 10 },
  { requests: false, pace: true, reached: 10 },
  { requests: false, pace: false, reached: 10 },
] as const;

function columns(room: number, name: string, cells: readonly string[]): string {
  const [records = '', pace = '', requests = '', reached = '', left = ''] = cells;
  const needed = (layout: (typeof layouts)[number]) =>
    displayWidth(name) + 12 + (layout.pace ? 8 : 0) + (layout.requests ? 10 : 0) + 2 + layout.reached + 7;
  const layout = layouts.find((one) => needed(one) <= room + (one.reached === 22 ? 3 : 0)) ?? layouts[3];
  return [
    `${name} ${records.padStart(11)}`,
    layout.pace ? ` ${pace.padStart(7)}` : '',
    layout.requests ? ` ${requests.padStart(9)}` : '',
    `  ${(layout.reached === 22 ? reached : shorter(reached)).padEnd(layout.reached)} ${left}`,
  ].join('');
}

/** Of a moment the day; of the rate window the numbers. */
function shorter(text: string): string {
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return text.slice(0, 10);
  return text.replace('cursor reached', 'cursor').replace(/^rate window: (\d+) of (\d+)$/, '$1/$2 rate');
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
