import { ConnectorError } from '../../../engine/error/connector-error.ts';
import { createMessageWriter } from '../../../engine/protocol/message-writer.ts';
import type { SyncEvent } from '../../../engine/sync/read/sync-event.ts';

/** The chunks that were written, each as the messages in it. */
async function chunksOf(events: readonly SyncEvent[], namespaces?: ReadonlyMap<string, string>) {
  const chunks: string[] = [];
  const writer = createMessageWriter({
    write: async (text) => void chunks.push(String(text)),
    redact: (text) => text.replaceAll('sesame', '****'),
    ...(namespaces !== undefined && { namespaces }),
  });
  for (const event of events) await writer.event(event);
  return chunks.map((chunk) =>
    chunk
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
}

const records = (count: number): SyncEvent => ({
  kind: 'records',
  stream: 'users',
  records: Array.from({ length: count }, (_, id) => ({ id })),
});
const state: SyncEvent = { kind: 'state', stream: 'users', state: { at: 3 } };

describe('createMessageWriter', () => {
  it('writes a page of records in one go', async () => {
    const [page, ...others] = await chunksOf([records(3)]);
    expect(others).toEqual([]);
    expect(page?.map(({ record }) => record.data)).toEqual([{ id: 0 }, { id: 1 }, { id: 2 }]);
  });

  it('counts in each state the records since the one before', async () => {
    const chunks = await chunksOf([records(2), records(1), state, state, records(4), state]);
    const counts = chunks.flat().flatMap((message) => message.state?.sourceStats.recordCount ?? []);
    expect(counts).toEqual([3, 0, 4]);
  });

  it('fails a stream whose record is nested too deeply, and goes on with the others', async () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 20_000; depth++) deep = [deep];
    const chunks = await chunksOf([
      { kind: 'records', stream: 'users', records: [{ id: 1 }, { deep }, { id: 2 }] },
      state,
      { kind: 'status', stream: 'users', status: 'COMPLETE' },
      { kind: 'records', stream: 'tags', records: [{ id: 3 }] },
    ]);
    const said = chunks
      .flat()
      .map(
        ({ type, record, trace }) =>
          record?.data ?? trace?.error?.message ?? trace?.stream_status.status ?? type,
      );
    expect(said).toEqual([
      { id: 1 },
      'Record 2 is nested too deeply to be worked with: its field "deep" has 20000 levels.',
      { id: 2 },
      'INCOMPLETE',
      { id: 3 },
    ]);
  });

  it('names the reason of a stream that waits', async () => {
    const [[waiting] = []] = await chunksOf([
      { kind: 'status', stream: 'users', status: 'RUNNING', quotaReset: 5 },
    ]);
    expect(waiting.trace.stream_status).toEqual({
      stream_descriptor: { name: 'users' },
      status: 'RUNNING',
      reasons: [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: 5 } }],
    });
  });

  it('counts every stream for itself', async () => {
    const chunks = await chunksOf([records(2), { kind: 'state', stream: 'tags', state: {} }, state]);
    expect(chunks.flat().flatMap((message) => message.state?.sourceStats.recordCount ?? [])).toEqual([0, 2]);
  });

  it('names the namespace of the catalog in everything it says', async () => {
    const status: SyncEvent = { kind: 'status', stream: 'users', status: 'STARTED' };
    const chunks = await chunksOf([status, records(1), state], new Map([['users', 'crm']]));
    const [started, record, stored] = chunks.flat();
    expect(started.trace.stream_status.stream_descriptor).toEqual({ name: 'users', namespace: 'crm' });
    expect(record.record).toMatchObject({ stream: 'users', namespace: 'crm' });
    expect(stored.state.stream.stream_descriptor).toEqual({ name: 'users', namespace: 'crm' });
  });

  it('hides secrets in errors, not in data', async () => {
    const error = new ConnectorError('sesame is no key');
    const [said, data] = await chunksOf([
      { kind: 'error', stream: 'users', error },
      { kind: 'records', stream: 'users', records: [{ word: 'sesame' }] },
    ]);
    expect(JSON.stringify(said)).not.toContain('sesame');
    expect(data?.[0].record.data).toEqual({ word: 'sesame' });
  });

  it('sends the reference of a file with its record', async () => {
    const [page] = await chunksOf([
      {
        kind: 'records',
        stream: 'users',
        records: [{ id: 1 }, { id: 2 }],
        fileReferences: new Map([[1, { staging_file_url: '/tmp/x' }]]),
      },
    ]);
    expect(page?.map(({ record }) => record.file_reference)).toEqual([
      undefined,
      { staging_file_url: '/tmp/x' },
    ]);
  });
});

test('the memory of a page that was written is used for the next one', async () => {
  const written: string[] = [];
  const writer = createMessageWriter({
    write: async (bytes) => void written.push(String(bytes)),
    redact: (text) => text,
  });
  const { room } = writer.lines('items');
  const first = room?.(100_000).fill(97) ?? new Uint8Array();
  const second = room?.(100_000).fill(98) ?? new Uint8Array();
  expect(second.buffer).not.toBe(first.buffer);
  await writer.event({ kind: 'records', stream: 'items', records: [{}], lines: first });
  expect(room?.(100_000).buffer).toBe(first.buffer);
  expect(written).toEqual(['a'.repeat(100_000)]);
});
