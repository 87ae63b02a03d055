/** What a person sees of one stream while it is being read. */
export interface StreamProgress {
  readonly name: string;
  status: 'waiting' | 'reading' | 'done' | 'failed';
  records: number;
  requests: number;
  startedAt: number | undefined;
  endedAt: number | undefined;
  /** The cursor value reached, if the stream has one. */
  reached: string;
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

/** The table at the end: stream, records, requests, seconds, cursor reached. */
export function progressTable(progress: Iterable<StreamProgress>): string {
  const streams = [...progress];
  const rows = streams.map((stream) => [
    stream.name,
    group(stream.records),
    group(stream.requests),
    seconds(stream),
    stream.status === 'failed' ? 'failed' : stream.reached,
  ]);
  const last = ['total', group(sum(streams, 'records')), group(sum(streams, 'requests')), '', ''];
  return table(['stream', 'records', 'requests', 'seconds', 'cursor reached'], rows, last);
}

function sum(streams: readonly StreamProgress[], field: 'records' | 'requests'): number {
  return streams.reduce((total, stream) => total + stream[field], 0);
}

function seconds({ startedAt, endedAt }: StreamProgress): string {
  return startedAt === undefined || endedAt === undefined ? '' : ((endedAt - startedAt) / 1000).toFixed(1);
}

function group(count: number): string {
  return count.toLocaleString('en-US');
}

const isRight = [false, true, true, true, false];

function table(head: readonly string[], rows: readonly string[][], last: readonly string[]): string {
  const all = [head, ...rows, last];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        isRight[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(head), rule, ...rows.map(line), rule, line(last), ''].join('\n');
}

/** Live progress on a terminal; elsewhere one plain line when a stream starts and one when it ends. */
export interface ProgressView {
  changed(stream: StreamProgress): void;
  end(): void;
}

export function createProgressView(
  streams: ReadonlyMap<string, StreamProgress>,
  {
    write,
    isTerminal,
    now,
  }: { readonly write: (text: string) => void; readonly isTerminal: boolean; readonly now: () => number },
): ProgressView {
  return isTerminal ? terminalView(streams, write, now) : plainView(write);
}

function plainView(write: (text: string) => void): ProgressView {
  const said = new Map<string, string>();
  return {
    changed(stream) {
      if (said.get(stream.name) === stream.status) return;
      said.set(stream.name, stream.status);
      if (stream.status === 'reading') write(`${stream.name}: reading\n`);
      else write(`${stream.name}: ${stream.status}, ${group(stream.records)} records\n`);
    },
    end() {},
  };
}

const marks = { waiting: '·', reading: '↓', done: '✓', failed: '✗' } as const;
const millisecondsPerFrame = 80;

function terminalView(
  streams: ReadonlyMap<string, StreamProgress>,
  write: (text: string) => void,
  now: () => number,
): ProgressView {
  let drawnLines = 0;
  let drawnAt = 0;
  const width = Math.max(...[...streams.keys()].map((name) => name.length));
  function draw(): void {
    const lines = [...streams.values()].map(
      ({ name, status, records, requests }) =>
        `${marks[status]} ${name.padEnd(width)} ${group(records).padStart(10)} records ${group(requests).padStart(7)} requests`,
    );
    const up = drawnLines > 0 ? `\u001b[${drawnLines}A` : '';
    write(up + lines.map((line) => `\u001b[2K${line}\n`).join(''));
    drawnLines = lines.length;
    drawnAt = now();
  }
  return {
    changed() {
      if (now() - drawnAt >= millisecondsPerFrame) draw();
    },
    end: draw,
  };
}
