import { eventClock } from '../../../kit/event-clock.ts';
import { readManifest, readStream } from '../../../kit/read-manifest.ts';
import { fakeClock } from '../../../kit/scope.ts';

const stream = `
name: items
retriever:
  requester: { url: "https://api.test/{{ stream_partition.kind }}" }
  record_selector: { extractor: { field_path: [] } }
  partition_router: { type: ListPartitionRouter, values: [a, b, c, d, e, f], cursor_field: kind }
`;

/** How many requests were under way at once, at most. */
async function mostAtOnce(root: string, config = {}) {
  let running = 0;
  let most = 0;
  const { errors } = await readStream(
    stream,
    async () => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
      running -= 1;
      return { body: [{ id: 1 }] };
    },
    { root, config },
  );
  return { most, errors };
}

describe('concurrency_level', () => {
  it('says how many slices are read at once', async () => {
    expect((await mostAtOnce('concurrency_level: { default_concurrency: 4 }')).most).toBe(4);
  });

  it('comes from the config, within its bound', async () => {
    const level = `concurrency_level: { default_concurrency: "{{ config['workers'] }}", max_concurrency: 3 }`;
    expect((await mostAtOnce(level, { workers: 9 })).most).toBe(3);
  });

  it.each([
    ['rises to what the API allows, where it is written as a number', '2, max_concurrency: 12', 12],
    ['rises no further than the calls are worth', '2, max_concurrency: 90', 22],
    ['stays where there is no maximum', '2', 2],
    ['stays where the user has chosen it', `"{{ config['workers'] }}", max_concurrency: 12`, 3],
  ])('%s', async (_title, level, expected) => {
    const clock = eventClock();
    const end = Math.ceil(clock.now() / 1000) + 60;
    let left = 6000;
    let running = 0;
    let most = 0;
    const root = `
concurrency_level: { default_concurrency: ${level} }
api_budget:
  ratelimit_remaining_header: X-Left
  ratelimit_reset_header: X-Reset
  policies: [{ type: FixedWindowCallRatePolicy, period: PT1M, call_limit: 6000, matchers: [] }]
`;
    const values = Array.from({ length: 120 }, (_, index) => index);
    const { errors } = await readStream(
      stream.replace('[a, b, c, d, e, f]', JSON.stringify(values.map(String))),
      async () => {
        most = Math.max(most, ++running);
        await clock.sleep(190);
        running -= 1;
        return { body: [{ id: 1 }], headers: { 'X-Left': String(--left), 'X-Reset': String(end) } };
      },
      { root, config: { workers: 3 }, surroundings: { clock } },
    );
    expect(errors).toEqual([]);
    expect(most).toBe(expected);
  });

  it('is never less than one', async () => {
    expect((await mostAtOnce('concurrency_level: { default_concurrency: 0 }')).most).toBe(1);
  });

  it('must be an integer', async () => {
    await expect(
      mostAtOnce('concurrency_level: { default_concurrency: "{{ config.workers }}" }', { workers: 'many' }),
    ).rejects.toThrow('"default_concurrency" must be a whole number, not "many".');
  });
});

describe('DeclarativeSource', () => {
  const manifest = (rest: string) => `
version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [a] }
definitions:
  retriever: { requester: { url: "https://api.test/{{ parameters.name }}" }, record_selector: { extractor: { field_path: [] } } }
streams:
  - { name: a, $parameters: { name: a }, retriever: { $ref: "#/definitions/retriever" } }
  - { name: b, $parameters: { name: b }, retriever: { $ref: "#/definitions/retriever" } }
${rest}`;

  it('does not read streams of one group at the same time', async () => {
    let running = 0;
    const { asked } = await readManifest(
      manifest(
        'stream_groups: { slow: { action: { type: BlockSimultaneousSyncsAction }, streams: [{ $ref: "#/streams/0" }, { $ref: "#/streams/1" }] } }',
      ),
      async () => {
        running += 1;
        await new Promise(setImmediate);
        expect(running).toBe(1);
        running -= 1;
        return { body: [{ id: 1 }] };
      },
    );
    expect(asked).toEqual(['GET /a', 'GET /b']);
  });

  it('keeps all streams to its budget', async () => {
    const clock = fakeClock();
    await readManifest(
      manifest(`api_budget:
  policies:
    - { type: MovingWindowCallRatePolicy, rates: [{ type: Rate, limit: 1, interval: PT1H }], matchers: [] }`),
      () => ({ body: [{ id: 1 }] }),
      { clock },
    );
    expect(clock.sleeps).toEqual([expect.closeTo(3_600_000, -2)]);
  });
});
