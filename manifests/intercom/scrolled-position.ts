import {
  type Cursor,
  defineHook,
  type IncrementalSync,
  numberOrTemplate,
  type StoredState,
  slot,
} from 'manifold-connectors';

/** Where the state keeps when the last scroll began, in UNIX seconds. */
const field = 'scrolled_at';
const daySeconds = 86_400;

/**
 * The position of a stream whose changes are searched, but for some that only a scroll over everything finds. Slices say
 * in `extra_fields` whether this sync `scrolls`, and `since` when what changed has to be taken from the scroll: since the
 * last one, as a search may have found later changes meanwhile.
 */
export const ScrolledPosition = defineHook('IncrementalSync', {
  name: 'ScrolledPosition',
  doc: 'Keeps the position of a stream, and when everything was last scrolled over.',
  fields: () => ({
    incremental_sync: slot('IncrementalSync', 'DatetimeBasedCursor').describe('Keeps the position.'),
    days: numberOrTemplate().describe(
      'The first sync in each period of so many days scrolls; 0: every sync does.',
    ),
  }),
  make(fields, scope) {
    const incremental = fields.incremental_sync(scope);
    const period = Number(fields.days(scope)()) * daySeconds;
    const now = Math.floor(scope.sync.startedAt / 1000);
    const periodOf = (time: number): number => (period === 0 ? time : Math.floor(time / period));
    return Object.freeze<IncrementalSync>({
      ...incremental,
      open(options) {
        const { scrolledAt, rest } = taken(options.state);
        const cursor = incremental.open({ ...options, state: rest });
        const scrolls = scrolledAt === undefined || period === 0 || periodOf(scrolledAt) !== periodOf(now);
        let last = scrolledAt;
        const added = (state: ReturnType<Cursor['state']>) =>
          last === undefined ? state : Object.freeze({ ...state, [field]: last });

        const slices: Cursor['slices'] = async function* () {
          for await (const slice of cursor.slices()) {
            const start = Number(slice.cursor.start_time);
            const since = Math.min(scrolledAt ?? start, start);
            yield Object.freeze({ ...slice, extraFields: { ...slice.extraFields, scrolls, since } });
          }
        };
        const closeSlice: Cursor['closeSlice'] = (slice) => {
          if (scrolls) last = now;
          cursor.closeSlice(slice);
        };
        const { midSliceState } = cursor;
        return Object.freeze(
          Object.create(cursor, {
            slices: { value: slices },
            closeSlice: { value: closeSlice },
            state: { value: () => added(cursor.state()) },
            ...(midSliceState && {
              midSliceState: {
                value: (slice: Parameters<typeof midSliceState>[0]) => {
                  const state = midSliceState(slice);
                  return state && added(state);
                },
              },
            }),
          }),
        );
      },
    });
  },
});

/** When the last scroll began, and the state without it. */
function taken(state: StoredState | undefined): {
  readonly scrolledAt: number | undefined;
  readonly rest: StoredState | undefined;
} {
  if (state === undefined) return { scrolledAt: undefined, rest: undefined };
  const { [field]: at, ...json } = state.json;
  return { scrolledAt: typeof at === 'number' ? at : undefined, rest: { ...state, json } };
}
