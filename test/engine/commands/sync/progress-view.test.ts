import { createProgress, progressTable } from '../../../../engine/commands/sync/progress.ts';
import { createProgressView } from '../../../../engine/commands/sync/progress-view.ts';

function viewed(names: readonly string[], rows: number | undefined, columns = 80) {
  const terminal = rows === undefined ? undefined : { rows, columns };
  const streams = createProgress(names);
  let text = '';
  let time = 0;
  const write = (written: string) => {
    text += written;
  };
  const view = createProgressView(streams, {
    write,
    terminal,
    now: () => time,
    rateWindow: () => ({ used: 3, limit: 10 }),
  });
  const change = (name: string, to: Partial<NonNullable<ReturnType<typeof streams.get>>>) => {
    const stream = streams.get(name);
    if (stream === undefined) throw new Error(name);
    time += 1000;
    view.changed(Object.assign(stream, to));
  };
  return { view, change, streams, text: () => text };
}

const esc = String.fromCharCode(27);
const upTokens = new RegExp(`(${esc}\\[\\d*[AJ]|\\n)`);
const up = new RegExp(`^${esc}\\[(\\d+)A$`);

/** What a terminal shows after such a text: lines taken back are gone. */
function shown(text: string): string[] {
  const lines = [''];
  for (const token of text.split(upTokens)) {
    const count = up.exec(token)?.[1];
    if (count !== undefined) lines.splice(-1 - Number(count), Number(count) + 1, '');
    else if (token === '\n') lines.push('');
    else if (!token.startsWith(esc)) lines[lines.length - 1] += token;
  }
  return lines;
}

test('without a terminal a stream has a line when it starts and one when it ends', () => {
  const { change, text } = viewed(['users'], undefined);
  change('users', { status: 'reading' });
  change('users', { records: 500 });
  change('users', { status: 'done', records: 1000 });
  expect(text()).toBe('users: reading\nusers: done, 1,000 records\n');
});

test('on a terminal the lines of the streams are drawn over', () => {
  const { view, change, text } = viewed(['users', 'tags'], 24);
  change('users', { status: 'reading', records: 1 });
  change('users', { status: 'done', records: 1200, requests: 1 });
  view.end();
  expect(shown(text())).toEqual([
    '  stream     records      /s  requests  cursor reached         left',
    '✓ users        1,200                 1',
    '· tags             0                 0',
    '  1 of 2       1,200   1,199         1  rate window: 3 of 10   2 s',
    '',
  ]);
});

test('what is said stays above the progress', () => {
  const { view, change, text } = viewed(['users'], 24);
  change('users', { status: 'reading' });
  view.say('WARN slow\n');
  change('users', { records: 2 });
  const [first, , users] = shown(text());
  expect([first, users]).toEqual(['WARN slow', '↓ users            2       2         0']);
});

test('lines end where a narrow terminal does, which would break them otherwise', () => {
  const { change, text } = viewed(['users', '顧客'], 24, 21);
  change('users', { status: 'reading' });
  change('顧客', { status: 'reading', records: 1 });
  expect(shown(text())).toEqual([
    '  stream     records',
    '↓ users            0',
    '↓ 顧客             1',
    '  0 of 2           1',
    '',
  ]);
});

test('where not all streams fit, those are shown that are being read', () => {
  const { change, text } = viewed(['a', 'b', 'c', 'd'], 5);
  change('a', { status: 'done' });
  change('b', { status: 'failed' });
  change('c', { status: 'reading' });
  expect(shown(text()).map((line) => line.slice(0, 3))).toEqual(['  s', '✗ b', '↓ c', '  2', '']);
});

test('the table adds up records and requests, and has the time of the whole', () => {
  const { change, streams } = viewed(['users', 'tags'], 24);
  change('users', {
    status: 'done',
    records: 1200,
    requests: 3,
    startedAt: 0,
    endedAt: 900,
    reached: '2024',
  });
  change('tags', { status: 'failed', records: 4, requests: 1, startedAt: 0, endedAt: 1000 });
  expect(progressTable(streams.values(), 1200).split('\n')).toEqual([
    'stream  records  requests  seconds  cursor reached',
    '──────  ───────  ────────  ───────  ──────────────',
    'users     1,200         3      0.9  2024',
    'tags          4         1      1.0  failed',
    '──────  ───────  ────────  ───────  ──────────────',
    'total     1,204         4      1.2',
    '',
  ]);
});

test.each([
  [120, '↓ conversation_teammates       1,234                 5  2024-05-01T10:00:00Z'],
  [80, '↓ conversation_teammates       1,234                 5  2024-05-01'],
  [65, '↓ conversation_teammates       1,234          2024-05-01'],
  [50, '↓ conversati…mmates       1,234  2024-05-01'],
])('a terminal of %d columns shows whole columns', (columns, line) => {
  const { change, view, text } = viewed(['conversation_teammates'], 20, columns);
  change('conversation_teammates', {
    status: 'reading',
    records: 1234,
    requests: 5,
    reached: '2024-05-01T10:00:00Z',
  });
  view.end();
  expect(shown(text()).find((one) => one.startsWith('↓'))).toBe(line);
});

test.each([52, 60, 80])(
  'in a terminal of %d columns a long name leaves room for what is told of it',
  (columns) => {
    const long = 'a_very_long_name_of_a_stream_that_does_not_fit_anywhere';
    const { change, view, text } = viewed([long, 'tags'], 20, columns);
    change(long, { status: 'reading', records: 1234, reached: '2024-05-01T10:00:00Z' });
    view.end();
    const lines = shown(text());
    expect(lines.find((line) => line.startsWith('↓'))).toMatch(/^↓ a_\w+…\w+where .* 1,234 .* 2024-05-01$/);
    expect(lines.find((line) => line.startsWith('·'))).toMatch(/^· tags .* 0/);
  },
);
