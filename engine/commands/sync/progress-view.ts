import type { StreamProgress } from './progress.ts';

/** Live progress on a terminal; elsewhere one plain line when a stream starts and one when it ends. */
export interface ProgressView {
  changed(stream: StreamProgress): void;
  /** Text of its own lines, which stays above the progress. */
  say(text: string): void;
  end(): void;
}

export interface ViewOptions {
  readonly write: (text: string) => void;
  /** Height of the terminal in lines; undefined when there is none. */
  readonly rows: number | undefined;
  readonly now: () => number;
}

export function createProgressView(
  streams: ReadonlyMap<string, StreamProgress>,
  { write, rows, now }: ViewOptions,
): ProgressView {
  return rows === undefined ? plainView(write) : terminalView(streams, write, rows, now);
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
  rows: number,
  now: () => number,
): ProgressView {
  let drawnLines = 0;
  let drawnAt = 0;
  const width = Math.max(0, ...[...streams.keys()].map((name) => name.length));
  /** The lines drawn last are taken back: up, then clear to the end. */
  function draw(above = ''): void {
    const up = drawnLines > 0 ? `\u001b[${drawnLines}A\u001b[J` : '';
    const lines = visible([...streams.values()], rows - 1).map(
      ({ name, status, records, requests }) =>
        `${marks[status]} ${name.padEnd(width)} ${padded(records, 10)} records ${padded(requests, 7)} requests`,
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

/** Where not all streams fit, those that are being read. */
function visible(streams: readonly StreamProgress[], room: number): readonly StreamProgress[] {
  if (streams.length <= room) return streams;
  return streams.filter(({ status }) => status === 'reading').slice(0, Math.max(1, room));
}

function padded(count: number, width: number): string {
  return count.toLocaleString('en-US').padStart(width);
}
