import { displayWidth } from '../../error/display-width.ts';
import type { Terminal } from '../environment.ts';
import type { StreamProgress } from './progress.ts';

/** Live progress on a terminal; elsewhere one plain line when a stream starts and one when it ends. */
export interface ProgressView {
  changed(stream: StreamProgress): void;
  /** Whole lines of text, which stay above the progress. */
  say(text: string): void;
  end(): void;
}

export interface ViewOptions {
  readonly write: (text: string) => void;
  /** Undefined when there is none. */
  readonly terminal: Terminal | undefined;
  readonly now: () => number;
}

export function createProgressView(
  streams: ReadonlyMap<string, StreamProgress>,
  { write, terminal, now }: ViewOptions,
): ProgressView {
  return terminal === undefined ? plainView(write) : terminalView(streams, write, terminal, now);
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
    end() {},
  };
}

function recordsText(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'record' : 'records'}`;
}

const marks = { waiting: '·', reading: '↓', done: '✓', failed: '✗', stopped: '■' } as const;
const millisecondsPerFrame = 80;

function terminalView(
  streams: ReadonlyMap<string, StreamProgress>,
  write: (text: string) => void,
  terminal: Terminal,
  now: () => number,
): ProgressView {
  let drawnLines = 0;
  let drawnAt = 0;
  const width = Math.max(0, ...[...streams.keys()].map((name) => name.length));
  /** Replaces the lines drawn last: cursor up, then clear to the end. */
  function draw(above = ''): void {
    const up = drawnLines > 0 ? `\u001b[${drawnLines}A\u001b[J` : '';
    const lines = visible([...streams.values()], terminal.rows - 1).map(
      ({ name, status, records, requests }) =>
        cut(
          `${marks[status]} ${name.padEnd(width)} ${padded(records, 10)} ${nouns(records, 'record')} ${padded(requests, 7)} ${nouns(requests, 'request')}`,
          terminal.columns - 1,
        ),
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
    end: () => draw(),
  };
}

/** If not all streams fit, those that are being read. */
function visible(streams: readonly StreamProgress[], room: number): readonly StreamProgress[] {
  if (streams.length <= room) return streams;
  return streams.filter(({ status }) => status === 'reading').slice(0, Math.max(1, room));
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

/** As long for one as for many, so that columns stay columns. */
function nouns(count: number, one: string): string {
  return count === 1 ? `${one} ` : `${one}s`;
}

function padded(count: number, width: number): string {
  return count.toLocaleString('en-US').padStart(width);
}
