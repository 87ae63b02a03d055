import { type ApiDescription, isDescribed, readDescription } from '../../intercom-api/api-description.ts';
import type { RequestLog } from '../../intercom-api/intercom.ts';
import { streamNames } from './listed.ts';
import { moreStreamNames, reportStreamName } from './listed-more.ts';
import { withIntercom } from './with-intercom.ts';

const itDescribed = isDescribed('2.11') && isDescribed('2.16') ? it : it.skip;

const known = new Map<string, ApiDescription>();
function describedIn(version: string): ApiDescription {
  const description = known.get(version) ?? readDescription(version);
  known.set(version, description);
  return description;
}

/** Described in words only, or in the description of another version. */
const undeclared: readonly RegExp[] = [
  /^GET \/(articles|internal_articles|help_center|news|contacts\/[^/]+\/(notes|companies)|companies\/[^/]+\/notes)\b.* (page|per_page)$/,
  /^GET \/(events|conversations\/deleted) (per_page|page|order)$/,
  /^GET \/admins\/activity_logs (page|per_page)$/,
  /^POST \/contacts\/search (sort|include_merge_history)$/,
  /^POST \/(conversations|tickets)\/search sort$/,
];

/** Younger than the newest description. */
const since217: readonly RegExp[] = [
  /Intercom-Version must be equal to one of the allowed values$/,
  /^POST \/companies\/search is not described$/,
];

/** Streams that are younger than 2.11 are read in a later version; the last one describes them all. */
function violations(request: RequestLog): readonly string[] {
  const asked = request.headers['intercom-version'] ?? '';
  const exceptions = asked === '2.17' ? [...undeclared, ...since217] : undeclared;
  return describedIn(asked === '2.11' ? '2.11' : '2.16')
    .violations(request)
    .filter((problem) => !exceptions.some((exception) => exception.test(problem)))
    .map((problem) => problem.replace(/\/(\d+|[0-9a-f]{24})\b/g, '/…'));
}

const request = (more: Partial<RequestLog>): RequestLog => ({
  ...{ method: 'GET', path: '/tags', query: {}, body: undefined, at: 0, status: 200, errorCode: undefined },
  headers: { 'intercom-version': '2.16' },
  ...more,
});

describe('requests', () => {
  itDescribed.each(['2.11', '2.16', '2.17'])(
    'of version %s are as the API describes them',
    async (version) => {
      const sizes = { contacts: 15, companies: 8, conversations: 8, tickets: 4 };
      await withIntercom({ sizes, exportSeconds: 1 }, async ({ api, clock, sync }) => {
        const config = { api_version: version, include_deletions: true, typed_custom_attributes: true };
        const more = { custom_object_types: ['Order'], start_date: '2025-03-01T00:00:00Z' };
        const streams = [...streamNames, ...moreStreamNames, reportStreamName, 'custom_object_order'];
        const options = { streams, config: { ...config, ...more } };
        const first = await sync(options);
        expect(first.errors).toEqual([]);
        expect([...first.states.keys()].sort()).toEqual([...streams].sort());
        await clock.sleep(86_400_000);
        expect((await sync({ ...options, states: first.states })).errors).toEqual([]);
        expect([...new Set(api.requests.flatMap(violations))]).toEqual([]);
        expect(api.requests.length).toBeGreaterThan(100);
      });
    },
  );

  itDescribed('that are not as described would be noticed', () => {
    const search = { method: 'POST', path: '/conversations/search' };
    const query = { field: 'updated_at', operator: '>', value: '1700000000' };
    expect(violations(request({}))).toEqual([]);
    expect(violations(request({ headers: { 'intercom-version': '2.99' } }))).toEqual([
      'GET /tags Intercom-Version must be equal to one of the allowed values',
    ]);
    expect(violations(request({ path: '/gets' }))).toEqual(['GET /gets is not described']);
    expect(violations(request({ query: { colour: 'red' } }))).toEqual(['GET /tags colour']);
    expect(violations(request({ body: {} }))).toEqual(['GET /tags has a body']);
    const events = { path: '/events', query: { type: 'user' } };
    expect(violations(request(events))).toEqual(['GET /events lacks filter']);
    expect(violations(request({ path: '/calls', query: { page: 'two' } }))).toEqual([
      'GET /calls page must be integer',
    ]);
    expect(violations(request({ ...search, body: { query } }))).toEqual([]);
    expect(violations(request({ ...search, body: {} }))).toEqual([
      "POST /conversations/search body must have required property 'query'",
    ]);
    expect(violations(request({ ...search, body: { query, pagination: { per_page: 'all' } } }))).toEqual([
      'POST /conversations/search body/pagination/per_page must be integer',
    ]);
    expect(violations(request({ ...search, body: { query: { ...query, operator: 'is' } } }))).not.toEqual([]);
  });
});
