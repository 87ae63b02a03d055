import type { Cursor, OpenStream, StreamDefinition } from '../../../../engine/contract/families.ts';
import type { RateLimits } from '../../../../engine/contract/scope.ts';
import { emptySlice, type Page, type Slice } from '../../../../engine/contract/slice.ts';
import { type ReadOptions, readStreams } from '../../../../engine/sync/read/read-streams.ts';
import type { StreamGroups } from '../../../../engine/sync/read/stream-groups.ts';
import type { SyncEvent } from '../../../../engine/sync/read/sync-event.ts';

interface TestStream {
  readonly slices?: readonly string[];
  readonly cursor?: Partial<Cursor>;
  readonly opened?: Partial<OpenStream>;
  readonly pages?: (slice: Slice) => AsyncIterable<Page>;
}

/** A stream whose slices each have one record; its state lists the slices that were closed. */
function stream(name: string, { slices = ['only'], cursor = {}, opened = {}, pages }: TestStream = {}) {
  const closed: string[] = [];
  const own: Cursor = {
    async *slices() {
      for (const id of slices) yield { ...emptySlice, partition: { id } };
    },
    addTo() {},
    shouldBeSynced: () => true,
    observe() {},
    closeSlice: (slice) => void closed.push(String(slice.partition.id)),
    finish() {},
    state: () => ({ closed: [...closed] }),
    ...cursor,
  };
  async function* onePage(slice: Slice): AsyncGenerator<Page> {
    yield { records: [{ id: slice.partition.id }] };
  }
  const open = (): OpenStream => ({ cursor: own, slices: own.slices, read: pages ?? onePage, ...opened });
  return { name, define: () => ({ name, open }) as unknown as StreamDefinition, state: undefined };
}

async function read(streams: ReturnType<typeof stream>[], options: Partial<ReadOptions> = {}) {
  const events: SyncEvent[] = [];
  for await (const event of readStreams(streams, { concurrency: 2, now: () => 0, ...options }))
    events.push(event);
  return events;
}

function shown(events: readonly SyncEvent[]): string[] {
  return events.map((event) => {
    if (event.kind === 'status') return `${event.stream} ${event.status}`;
    if (event.kind === 'state') return `${event.stream} state ${JSON.stringify(event.state)}`;
    return `${event.stream} ${event.kind}`;
  });
}

describe('readStreams', () => {
  it('begins no stream when none can be made', async () => {
    const broken = (name: string, isUnknown?: boolean) => ({
      ...stream(name),
      ...(isUnknown !== undefined && { isUnknown }),
      define: () => {
        throw new Error('wrong');
      },
    });
    const errors = await read([broken('a'), broken('b')]);
    expect(shown(errors)).toEqual(['a error', 'b error']);
    expect(errors.map((event) => event.kind === 'error' && event.error.path)).toEqual([
      ['stream "a"'],
      ['stream "b"'],
    ]);
    expect(shown(await read([broken('a'), stream('b')], { concurrency: 1 })).slice(0, 3)).toEqual([
      'a STARTED',
      'a error',
      'a INCOMPLETE',
    ]);
    expect(shown(await read([broken('a', true)]))).toEqual(['a STARTED', 'a error', 'a INCOMPLETE']);
  });

  it('says what a stream goes through, its states after the records they cover', async () => {
    expect(shown(await read([stream('a', { slices: ['1', '2'] })], { concurrency: 1 }))).toEqual([
      'a STARTED',
      'a RUNNING',
      'a records',
      'a state {"closed":["1"]}',
      'a records',
      'a state {"closed":["1","2"]}',
      'a state {"closed":["1","2"]}',
      'a COMPLETE',
    ]);
  });

  it('sends a state that a stream asks for before anything is read', async () => {
    const events = shown(await read([stream('a', { opened: { firstState: {} } })]));
    expect(events.slice(0, 3)).toEqual(['a STARTED', 'a state {}', 'a RUNNING']);
  });

  it('goes on with other slices and streams when one fails', async () => {
    async function* pages(slice: Slice): AsyncGenerator<Page> {
      if (slice.partition.id === '2') throw new Error('boom');
      yield { records: [{}] };
    }
    const events = await read([stream('a', { slices: ['1', '2', '3'], pages }), stream('b')]);
    expect(shown(events).filter((line) => line === 'a records')).toHaveLength(2);
    expect(shown(events)).toEqual(expect.arrayContaining(['a error', 'a INCOMPLETE', 'b COMPLETE']));
    const [error] = events.flatMap((event) => (event.kind === 'error' ? [event.error] : []));
    expect(error?.path).toEqual(['stream "a"', 'partition {"id":"2"}']);
  });

  it('keeps the state of what was read of a stream that failed', async () => {
    async function* pages(slice: Slice): AsyncGenerator<Page> {
      if (slice.partition.id === '2') throw new Error('boom');
      yield { records: [{}] };
    }
    // States of many partitions are sent only every ten minutes.
    const cursor = { stateInterval: 600_000 };
    const events = shown(await read([stream('a', { slices: ['1', '2'], pages, cursor })]));
    expect(events.slice(-2)).toEqual(['a state {"closed":["1"]}', 'a INCOMPLETE']);
  });

  it('does not let a stream that waits for its group take the place of another', async () => {
    const members = ['a', 'b'];
    const groups: StreamGroups = {
      groupOf: (name) => (members.includes(name) ? 'crm' : undefined),
      parentGroupsOf: () => [],
    };
    const lines = shown(await read([stream('a'), stream('b'), stream('c')], { groups }));
    const turns = ['a COMPLETE', 'b STARTED', 'c STARTED'];
    expect(lines.filter((line) => turns.includes(line))).toEqual(['c STARTED', 'a COMPLETE', 'b STARTED']);
  });

  it('reads as many slices at once as it may, over all streams', async () => {
    let running = 0;
    let most = 0;
    async function* pages(): AsyncGenerator<Page> {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      yield { records: [{}] };
    }
    const many = { slices: ['1', '2', '3', '4'], pages };
    await read([stream('a', many), stream('b', many), stream('c', many)], { concurrency: 3 });
    expect(most).toBe(3);
  });

  it('asks for no slice before there is a place to read it', async () => {
    let made = 0;
    const cursor: Partial<Cursor> = {
      async *slices() {
        for (made = 0; made < 1000; made++) yield emptySlice;
      },
    };
    for await (const event of readStreams([stream('a', { cursor })], { concurrency: 2, now: () => 0 })) {
      if (event.kind === 'records') break;
    }
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(10);
  });

  it('inside a long slice sends the states that its cursor can vouch for', async () => {
    async function* pages(): AsyncGenerator<Page> {
      for (let page = 0; page < 3; page++) yield { records: Array.from({ length: 5000 }, () => ({})) };
    }
    const cursor = { midSliceState: () => ({ upTo: 'here' }) };
    expect(shown(await read([stream('a', { pages, cursor })]))).toEqual([
      'a STARTED',
      'a RUNNING',
      'a records',
      'a records',
      'a state {"upTo":"here"}',
      'a records',
      'a state {"closed":["only"]}',
      'a state {"closed":["only"]}',
      'a COMPLETE',
    ]);
  });

  it('sends no state inside a slice while another one is open', async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    async function* pages(slice: Slice): AsyncGenerator<Page> {
      if (slice.partition.id === 'long') await finished;
      else for (let page = 0; page < 3; page++) yield { records: Array.from({ length: 5000 }, () => ({})) };
      finish();
    }
    const cursor = { midSliceState: () => ({ upTo: 'here' }) };
    const lines = shown(await read([stream('a', { slices: ['long', 'other'], pages, cursor })]));
    expect(lines.filter((line) => line === 'a records')).toHaveLength(3);
    expect(lines).not.toContain('a state {"upTo":"here"}');
  });

  it('sends a state every five minutes of a long slice', async () => {
    let now = 0;
    async function* pages(): AsyncGenerator<Page> {
      for (let page = 0; page < 3; page++) {
        now += 200_000;
        yield { records: [{}] };
      }
    }
    const cursor = { midSliceState: () => ({ upTo: 'here' }) };
    const lines = shown(await read([stream('a', { pages, cursor })], { now: () => now }));
    expect(lines.filter((line) => line === 'a state {"upTo":"here"}')).toHaveLength(1);
  });

  it('of very many slices does not send a state for each', async () => {
    const slices = Array.from({ length: 1000 }, (_, index) => String(index));
    const events = await read([stream('a', { slices })]);
    const states = events.filter(({ kind }) => kind === 'state');
    expect(states.length).toBeGreaterThan(100);
    expect(states.length).toBeLessThan(250);
  });

  it('fails a stream whose slices cannot all be found, and reads those that were', async () => {
    const cursor: Partial<Cursor> = {
      async *slices() {
        yield { ...emptySlice, partition: { id: '1' } };
        throw new Error('The parents failed.');
      },
    };
    const warnings: string[] = [];
    const opened = { whyEmpty: () => 'It is empty.' };
    const warn = (message: string) => void warnings.push(message);
    const events = await read([stream('a', { cursor, opened })], { warn });
    expect(shown(events)).toEqual([
      'a STARTED',
      'a error',
      'a RUNNING',
      'a records',
      'a state {"closed":["1"]}',
      'a state {"closed":["1"]}',
      'a INCOMPLETE',
    ]);
    const [error] = events.flatMap((event) => (event.kind === 'error' ? [event.error] : []));
    expect(error?.path).toEqual(['stream "a"']);
    // Why a stream is empty is said of one that was read.
    expect(warnings).toEqual([]);
  });

  it('says at the end of a stream what there is to say of it', async () => {
    async function* pages(): AsyncGenerator<Page> {
      yield { records: [] };
      throw new Error('boom');
    }
    const warnings: string[] = [];
    const options = {
      warn: (message: string) => void warnings.push(message),
      endOf: (name: string) => [`That was ${name}.`],
    };
    await read([stream('a', { opened: { whyEmpty: () => 'It is empty.' } })], options);
    expect(warnings).toEqual(['It is empty.', 'That was a.']);
    warnings.length = 0;
    const events = await read([stream('b', { slices: ['1', '2', '3'], pages })], options);
    expect(events.filter(({ kind }) => kind === 'error')).toHaveLength(1);
    expect(warnings).toEqual([
      'Slices of stream "b" that could not be read either: 2 more for the same reason.',
      'That was b.',
    ]);
  });

  it('begins nothing after it was told to stop', async () => {
    expect(shown(await read([stream('a')], { signal: AbortSignal.abort() }))).toEqual([]);
  });

  it('stops in the middle of a slice with the state of what was written, and without an error', async () => {
    const abort = new AbortController();
    const begun: unknown[] = [];
    async function* pages(slice: Slice): AsyncGenerator<Page> {
      begun.push(slice.partition.id);
      yield { records: [{}] };
      if (slice.partition.id !== '2') return;
      abort.abort(new Error('stop'));
      yield { records: [{}] };
      throw new Error('This page is not asked for.');
    }
    let isFinished = false;
    const finish = () => {
      isFinished = true;
    };
    const cursor = { midSliceState: () => ({ upTo: 'here' }), finish };
    const options = { signal: abort.signal, concurrency: 1 };
    const lines = shown(await read([stream('a', { slices: ['1', '2', '3'], pages, cursor })], options));
    expect(lines).toEqual([
      'a STARTED',
      'a RUNNING',
      'a records',
      'a state {"closed":["1"]}',
      'a records',
      'a records',
      'a state {"upTo":"here"}',
      'a INCOMPLETE',
    ]);
    expect([begun, isFinished]).toEqual([['1', '2'], false]);
  });

  it('ends all requests when its consumer stops reading', async () => {
    let signal: AbortSignal | undefined;
    const { name, state, define } = stream('a', { slices: ['1', '2', '3'] });
    const watched = {
      name,
      state,
      define: () => {
        const { open } = define();
        return {
          name,
          open: (options: Parameters<typeof open>[0]) => {
            signal = options.signal;
            return open(options);
          },
        } as unknown as StreamDefinition;
      },
    };
    let unfollowed = 0;
    const followConcurrency = () => () => void unfollowed++;
    for await (const { kind } of readStreams([watched], {
      concurrency: 1,
      now: () => 0,
      followConcurrency,
    })) {
      if (kind !== 'records') continue;
      expect(signal?.aborted).toBe(false);
      break;
    }
    expect([signal?.aborted, String(signal?.reason), unfollowed]).toEqual([
      true,
      'Error: The consumer has stopped reading.',
      1,
    ]);
  });

  it('reads more slices at once when it is told that it may', async () => {
    let running = 0;
    let most = 0;
    let resize: (concurrency: number) => void = () => {};
    async function* pages(): AsyncGenerator<Page> {
      running += 1;
      most = Math.max(most, running);
      if (most === 1) resize(3);
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
      running -= 1;
      yield { records: [{}] };
    }
    const followConcurrency = (follow: typeof resize) => {
      resize = follow;
      return () => {};
    };
    const slices = ['1', '2', '3', '4', '5', '6'];
    await read([stream('a', { slices, pages })], { concurrency: 1, followConcurrency });
    expect(most).toBe(3);
  });

  it('tells when the quota of a stream is renewed, of those that are read', async () => {
    const rateLimits: RateLimits = {};
    async function* pages(): AsyncGenerator<Page> {
      await rateLimits.tell?.('a', 5000);
      await rateLimits.tell?.('parent', 6000);
      yield { records: [{}] };
    }
    const events = await read([stream('a', { pages })], { rateLimits });
    expect(events.slice(0, 3)).toEqual([
      { kind: 'status', stream: 'a', status: 'STARTED' },
      { kind: 'status', stream: 'a', status: 'RUNNING', quotaReset: 5000 },
      { kind: 'status', stream: 'a', status: 'RUNNING' },
    ]);
    expect(events.filter(({ stream: name }) => name === 'parent')).toEqual([]);
  });

  it('keeps no state in the middle of a slice that fails', async () => {
    async function* pages(): AsyncGenerator<Page> {
      yield { records: [{}] };
      throw new Error('boom');
    }
    const cursor = { midSliceState: () => ({ upTo: 'here' }) };
    expect(shown(await read([stream('a', { pages, cursor })]))).toEqual([
      'a STARTED',
      'a RUNNING',
      'a records',
      'a error',
      'a state {"closed":[]}',
      'a INCOMPLETE',
    ]);
  });

  it('is incomplete when it was told to stop between two slices', async () => {
    const abort = new AbortController();
    const cursor: Partial<Cursor> = {
      async *slices() {
        yield { ...emptySlice, partition: { id: '1' } };
        abort.abort(new Error('stop'));
        yield { ...emptySlice, partition: { id: '2' } };
      },
    };
    const lines = shown(await read([stream('a', { cursor })], { concurrency: 1, signal: abort.signal }));
    expect(lines.at(-1)).toBe('a INCOMPLETE');
    expect(lines).not.toContain('a error');
  });

  it('needs nobody who listens to warnings', async () => {
    async function* pages(): AsyncGenerator<Page> {
      yield { records: [] };
      throw new Error('boom');
    }
    const opened = { whyEmpty: () => 'It is empty.' };
    const events = await read([stream('a', { slices: ['1', '2'], pages }), stream('b', { opened })], {
      endOf: () => ['Over.'],
    });
    expect(shown(events)).toEqual(expect.arrayContaining(['a INCOMPLETE', 'b COMPLETE']));
  });

  it('fails as a whole where it breaks by itself', async () => {
    const broken = { ...stream('a'), cursor: {} };
    const rateLimits: RateLimits = {};
    const options = {
      rateLimits,
      endOf: () => {
        throw new Error('bug');
      },
    };
    await expect(read([broken], options)).rejects.toThrow('bug');
  });
});
