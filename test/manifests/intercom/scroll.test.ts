import { components } from '../../../engine/components/index.ts';
import type { OutgoingRequest, Retriever } from '../../../engine/contract/families.ts';
import { emptySlice } from '../../../engine/contract/slice.ts';
import { createCache } from '../../../engine/http/cache/cache.ts';
import { TransportError } from '../../../engine/http/wire/transport-error.ts';
import { ScrollRequester } from '../../../manifests/intercom/scroll-requester.ts';
import { ScrollRetriever } from '../../../manifests/intercom/scroll-retriever.ts';
import { type Answer, makeComponent, testScope } from '../../kit/scope.ts';

const pages = [['a', 'b'], ['c', 'd'], ['e']];

type Loss = 'gone' | 'failed' | 'broken' | 'garbled';

interface Scrolls {
  /** What happens to requests, by number from 1. */
  readonly losses?: Readonly<Record<number, Loss>>;
}

/** An API with one scroll: it moves on with every request that reaches it, answered or not. */
function scrollApi({ losses = {} }: Scrolls = {}) {
  let requests = 0;
  let open: { readonly param: string; next: number } | undefined;
  let opened = 0;
  const answer = ({ url }: OutgoingRequest): Answer => {
    const param = url.searchParams.get('scroll_param');
    if (param === null) open = { param: `s${++opened}`, next: 0 };
    if (open === undefined || (param !== null && param !== open.param)) {
      return { status: 404, body: { errors: [{ message: 'scroll parameter not found' }] } };
    }
    const data = (pages[open.next++] ?? []).map((id) => ({ id }));
    const loss = losses[++requests];
    if (loss === 'broken') return { error: new TransportError('the connection was reset', 'ECONNRESET') };
    if (loss === 'garbled') return { body: '<html>We will be back soon.</html>' };
    if (loss !== undefined) {
      open = undefined;
      return loss === 'gone'
        ? { status: 404, body: { errors: [{ message: 'scroll parameter not found' }] } }
        : { status: 500, body: { errors: [{ message: 'Please restart the scroll operation.' }] } };
    }
    return { body: { data, scroll_param: open.param } };
  };
  return { answer, requests: () => requests };
}

function reading(options: Scrolls = {}) {
  const api = scrollApi(options);
  const scope = testScope({
    answers: api.answer,
    components: [...components, ScrollRequester],
    sync: { cache: createCache() },
  });
  const definition = (maxRestarts: number) => ({
    max_restarts: maxRestarts,
    retriever: {
      type: 'SimpleRetriever',
      requester: {
        type: 'ScrollRequester',
        url_base: 'http://api.test',
        path: '/scroll',
        use_cache: true,
        error_handler: {
          type: 'DefaultErrorHandler',
          response_filters: [
            { type: 'HttpResponseFilter', http_codes: [404, 500], action: 'RESET_PAGINATION' },
          ],
        },
      },
      record_selector: {
        type: 'RecordSelector',
        extractor: { type: 'DpathExtractor', field_path: ['data'] },
      },
      paginator: {
        type: 'DefaultPaginator',
        pagination_strategy: {
          type: 'CursorPagination',
          cursor_value: "{{ response['scroll_param'] }}",
          stop_condition: "{{ not response['data'] }}",
        },
        page_token_option: {
          type: 'RequestOption',
          inject_into: 'request_parameter',
          field_name: 'scroll_param',
        },
      },
    },
  });
  const retriever = (maxRestarts = 3): Retriever =>
    makeComponent(ScrollRetriever, definition(maxRestarts), scope);
  return { scope, retriever, requests: api.requests };
}

async function idsOf(retriever: Retriever): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of retriever.read(emptySlice, { cursor: undefined, isDataFeed: false })) {
    ids.push(...page.records.map(({ id }) => String(id)));
  }
  return ids;
}

const everything = ['a', 'b', 'c', 'd', 'e'];

describe('a scroll', () => {
  it('is read through a cache although all its pages have the same URL', async () => {
    const { retriever, requests } = reading();
    expect(await idsOf(retriever())).toEqual(everything);
    expect(requests()).toBe(4);
  });

  describe.each<Loss>(['gone', 'failed', 'broken'])('that is %s', (loss) => {
    it.each([1, 2, 3, 4])('at request %i begins again, and emits nothing twice', async (request) => {
      const { retriever, scope, requests } = reading({ losses: { [request]: loss } });
      expect(await idsOf(retriever())).toEqual(everything);
      expect(scope.clock.sleeps).toEqual([1000]);
      expect(scope.logs).toEqual([{ level: 'INFO', message: expect.stringContaining('starts again') }]);
      expect(requests()).toBe(request + 4);
    });

    it('feeds two streams from one restarted scroll, whenever they read', async () => {
      const { retriever, requests } = reading({ losses: { 3: loss } });
      const both = await Promise.all([idsOf(retriever()), idsOf(retriever())]);
      const later = await idsOf(retriever());
      for (const ids of [...both, later]) expect(ids).toEqual(everything);
      expect(requests()).toBe(3 + 4);
    });
  });

  it.each([1, 2, 3, 4])('whose answer %i cannot be read is asked for again as a whole', async (request) => {
    const { retriever, requests } = reading({ losses: { [request]: 'garbled' } });
    expect(await idsOf(retriever())).toEqual(everything);
    expect(requests()).toBe(request + 4);
  });

  it('that can never be read is given up', async () => {
    const losses = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [index + 1, 'garbled' as const]),
    );
    const { retriever, requests } = reading({ losses });
    await expect(idsOf(retriever())).rejects.toThrow('cannot be read as JSON');
    expect(requests()).toBe(6);
  });

  it('feeds two streams, at once or one after the other', async () => {
    const { retriever, requests } = reading();
    const both = await Promise.all([idsOf(retriever()), idsOf(retriever())]);
    const later = await idsOf(retriever());
    for (const ids of [...both, later]) expect(ids).toEqual(everything);
    expect(requests()).toBe(4);
  });

  it('is waited for longer before every further restart', async () => {
    const { retriever, scope } = reading({ losses: { 2: 'gone', 4: 'gone', 6: 'gone' } });
    expect(await idsOf(retriever())).toEqual(everything);
    expect(scope.clock.sleeps).toEqual([1000, 2000, 4000]);
  });

  it('is given up after so many restarts, with a transient error that says why', async () => {
    const { retriever } = reading({ losses: { 2: 'gone', 4: 'gone', 6: 'gone' } });
    await expect(idsOf(retriever(2))).rejects.toMatchObject({
      kind: 'transient_error',
      message: expect.stringMatching(/3 times.*scroll parameter not found/),
    });
  });
});
