import { read } from '../state/actions.ts';
import { report, selectedStream } from '../state/outline.ts';
import { cancelReading, isReading, limits, reading, totals } from '../state/read.ts';
import { type Tab, tab } from '../state/tabs.ts';
import { Checks } from './checks.tsx';
import { Pages } from './pages.tsx';
import { Schema } from './schema.tsx';
import { State } from './state.tsx';
import { StreamTests } from './stream-tests.tsx';
import { Tabs } from './tabs.tsx';

const all = 100_000;
const choices = [1, 2, 3, 5, 10, 50, 200, all];

/** What a stream gives, and why. */
export function Reading() {
  const name = selectedStream.value;
  const schema = reading.value?.end?.schema;
  const off = schema === undefined ? 0 : schema.narrower.length + schema.undeclared.length;
  const mark = schema?.missingFile !== undefined ? '!' : off > 0 ? String(off) : undefined;
  const violations = report.value?.checks.reduce((sum, { violations: found }) => sum + found.length, 0) ?? 0;
  return (
    <section class="reading" aria-label="Test read">
      <div class="panel-head">
        <h2>{name ?? 'No stream'}</h2>
        <span class="gap" />
        <Limit what="pages" />
        <Limit what="slices" />
        {isReading.value ? (
          <button type="button" class="primary cancel" onClick={cancelReading}>
            ■ Cancel
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            onClick={() => read()}
            disabled={name === undefined}
            title="Ctrl Enter"
          >
            ▶ Read
          </button>
        )}
      </div>
      <Summary />
      <Tabs<Tab>
        label="Test read"
        current={tab.value}
        choose={(id) => {
          tab.value = id;
        }}
        tabs={[
          { id: 'records', title: 'Pages' },
          { id: 'state', title: 'State' },
          { id: 'schema', title: 'Schema', mark },
          { id: 'tests', title: 'Tests' },
          { id: 'checks', title: 'Checks', mark: violations > 0 ? String(violations) : undefined },
        ]}
      >
        {tab.value === 'records' && <Pages />}
        {tab.value === 'state' && <State />}
        {tab.value === 'schema' && <Schema />}
        {tab.value === 'tests' && <StreamTests />}
        {tab.value === 'checks' && <Checks />}
      </Tabs>
    </section>
  );
}

function Limit({ what }: { readonly what: 'pages' | 'slices' }) {
  return (
    <label class="limit">
      {what}
      <select
        value={limits.value[what]}
        onChange={({ currentTarget }) => {
          const chosen = Number(currentTarget.value);
          limits.value = {
            ...limits.value,
            [what]: chosen,
            records: chosen === all ? 1_000_000 : limits.value.records,
          };
        }}
      >
        {choices.map((number) => (
          <option key={number} value={number}>
            {number === all ? 'all' : number}
          </option>
        ))}
      </select>
    </label>
  );
}

function Summary() {
  const read = reading.value;
  if (read === undefined) return null;
  const { slices, pages, emitted, dropped } = totals.value;
  const of = read.end?.sliceCount;
  const isElsewhere = read.stream !== selectedStream.value;
  return (
    <p class="summary" aria-live="polite">
      {isElsewhere && <strong>{read.stream}: </strong>}
      {isReading.value ? <span class="spinner" aria-hidden="true" /> : null}
      {`${slices}${of !== undefined && of > slices ? ` of ${of.toLocaleString('en')}` : ''} ${slices === 1 && (of ?? 1) === 1 ? 'slice' : 'slices'} · ${pages} ${pages === 1 ? 'page' : 'pages'} · ${emitted.toLocaleString('en')} records`}
      {dropped > 0 && <span class="dropped-count"> · {dropped.toLocaleString('en')} dropped</span>}
      {isReading.value && ' · reading …'}
      {!isReading.value && read.end === undefined && read.failure === undefined && ' · cancelled'}
      {read.end?.isCancelled === true && ' · cancelled'}
    </p>
  );
}
