import { useSignal } from '@preact/signals';
import { goTo, saveTest } from '../state/actions.ts';
import { isDirty } from '../state/file.ts';
import { outline, report, selectedStream, testing } from '../state/outline.ts';
import { isReading, reading, totals } from '../state/read.ts';

/** The tests of the stream, and what was read as another one. */
export function StreamTests() {
  const name = selectedStream.value;
  const tests = report.value?.tests.filter(({ stream }) => stream === name) ?? [];
  const missing = name === undefined ? [] : (report.value?.streams[name]?.missing ?? []);
  return (
    <div class="stream-tests" role="region" aria-label="Tests of the stream" tabIndex={0}>
      <Save />
      <section>
        <h3>Tests of {name}</h3>
        {testing.value !== undefined && (
          <p class="hint">
            <span class="spinner" aria-hidden="true" /> running the tests of the saved file …
          </p>
        )}
        {tests.length === 0 && testing.value === undefined && (
          <p class="hint">None yet. Read the stream to its end, then save that as the first one.</p>
        )}
        <ul class="test-list">
          {tests.map((test) => (
            <li key={test.name} class={test.status}>
              <span class="sign" aria-hidden="true">
                {test.status === 'passed' ? '✓' : test.status === 'failed' ? '✕' : '–'}
              </span>
              <span>
                {test.name} <span class="visually-hidden">{test.status}</span>
                {test.failures.map((text) => (
                  <pre class="failure" key={text}>
                    {text}
                  </pre>
                ))}
                {test.reason !== undefined && <span class="soft"> {test.reason}</span>}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {tests.length > 0 && missing.length > 0 && (
        <section>
          <h3>Ways that no test takes</h3>
          <ul class="ways">
            {missing.map(({ line, choice, way }) => (
              <li key={`${line} ${choice} ${way}`}>
                <button type="button" class="link line" onClick={() => goTo(line)}>
                  line {line}
                </button>{' '}
                {choice.replace(/ at \d+$/, '')}: {way}
              </li>
            ))}
          </ul>
        </section>
      )}
      {outline.value.streams.length === 0 && <p class="hint">The manifest has no streams yet.</p>}
    </div>
  );
}

/** Tests of more are long: their keys say enough. */
const manyRecords = 50;

function Save() {
  const name = useSignal('');
  const expects = useSignal<'records' | 'keys' | undefined>(undefined);
  const read = reading.value;
  const end = read?.end;
  const why =
    read?.failure !== undefined || (end !== undefined && end.errors.length > 0 && totals.value.pages === 0)
      ? 'The last read failed: the tab Pages says why.'
      : read === undefined || end === undefined || isReading.value
        ? 'Read the stream first.'
        : read.stream !== selectedStream.value
          ? `The last read was of ${read.stream}.`
          : end.isCancelled
            ? 'The read was cancelled.'
            : end.cutBy !== undefined
              ? `A test reads its stream to the end, and there are more ${end.cutBy}. Read it with more ${end.cutBy}, or begin with a later state.`
              : undefined;
  const hasName = name.value.trim() !== '';
  const isExact = (expects.value ?? (totals.value.emitted > manyRecords ? 'keys' : 'records')) === 'records';
  return (
    <form
      class="save-test"
      onSubmit={(event) => {
        event.preventDefault();
        if (why === undefined && hasName)
          void saveTest({ name: name.value.trim(), isExact }).then((done) => {
            if (done) name.value = '';
          });
      }}
    >
      <h3>Save the read as a test</h3>
      <p class="hint">
        {why ??
          'Its requests, answers and records are written beside the manifest, without secrets and people.'}
      </p>
      <label class="limit">
        it expects
        <select
          value={isExact ? 'records' : 'keys'}
          disabled={why !== undefined}
          onChange={({ currentTarget }) => {
            expects.value = currentTarget.value === 'records' ? 'records' : 'keys';
          }}
        >
          <option value="records">all records with all their fields, and the primary key</option>
          <option value="keys">the first records by key and cursor, and their number</option>
        </select>
      </label>
      <div class="row">
        <input
          aria-label="Name of the test"
          placeholder="Name, such as: reads all pages"
          value={name.value}
          disabled={why !== undefined}
          onInput={({ currentTarget }) => {
            name.value = currentTarget.value;
          }}
        />
        <button type="submit" class="primary" disabled={why !== undefined || !hasName}>
          {isDirty.value ? 'Save manifest and test' : 'Save as test'}
        </button>
      </div>
    </form>
  );
}
