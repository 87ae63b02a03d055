import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { cancelTests, goTo, read, runTests } from '../state/actions.ts';
import { isAdding } from '../state/add-stream.ts';
import { outline, report, rows, type StreamRow, selectedStream, testing } from '../state/outline.ts';
import { tab } from '../state/tabs.ts';

const words = {
  failing: 'failing',
  tested: 'tested',
  stale: 'stale: it has changed since it was tested',
  untested: 'no tests',
} as const;
const signs = { failing: '✕', tested: '✓', stale: '~', untested: '' } as const;

/** The streams with what their tests said, each below its parent. */
export function Streams() {
  const search = useSignal('');
  const shown = rows.value.filter(({ name }) => name.includes(search.value.trim().toLowerCase()));
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = shown.findIndex(({ name }) => name === selectedStream.value);
    if (step !== undefined) {
      const next = shown[Math.min(Math.max(at + step, 0), shown.length - 1)];
      if (next !== undefined) selectedStream.value = next.name;
      (event.currentTarget as HTMLElement)
        .querySelector<HTMLElement>(`[data-stream="${next?.name}"]`)
        ?.focus();
    } else if (event.key === 'Enter') read(selectedStream.value);
    else return;
    event.preventDefault();
  };
  return (
    <nav class="streams" aria-label="Streams">
      <div class="panel-head">
        <h2>Streams</h2>
        <span class="count">{outline.value.streams.length}</span>
        <input
          type="search"
          placeholder="Filter"
          aria-label="Filter streams"
          value={search.value}
          onInput={({ currentTarget }) => {
            search.value = currentTarget.value;
          }}
        />
      </div>
      {outline.value.problem !== undefined && <p class="hint bad">{outline.value.problem.split('\n')[0]}</p>}
      <ul class="stream-list" role="listbox" aria-label="Streams of the manifest" onKeyDown={move}>
        {shown.map((row, index) => (
          <Stream key={row.name} row={row} isFirst={index === 0} />
        ))}
      </ul>
      <div class="add-box">
        <button
          type="button"
          disabled={outline.value.streams.length === 0}
          onClick={() => {
            isAdding.value = true;
          }}
        >
          + Add a stream
        </button>
      </div>
      <Tests />
    </nav>
  );
}

function Stream({ row, isFirst }: { readonly row: StreamRow; readonly isFirst: boolean }) {
  const { name, depth, standing, tests, failed, missing, line, parents, isIncremental } = row;
  const isSelected = selectedStream.value === name;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const isReached = isSelected || (selectedStream.value === undefined && isFirst);
  const about = [
    words[standing],
    tests > 0 ? `${tests} ${tests === 1 ? 'test' : 'tests'}${failed > 0 ? `, ${failed} failed` : ''}` : '',
    missing !== undefined && tests > 0 && missing > 0
      ? `${missing} ${missing === 1 ? 'way' : 'ways'} untested`
      : '',
    parents.length > 0 ? `read for each record of ${parents.join(', ')}` : '',
    isIncremental ? 'incremental' : 'full refresh',
  ].filter((part) => part !== '');
  return (
    <li
      ref={item}
      role="option"
      aria-selected={isSelected}
      data-stream={name}
      data-depth={Math.min(depth, 4)}
      class={`stream ${standing}`}
      tabIndex={isReached ? 0 : -1}
      title={about.join('\n')}
      aria-label={`${name}, ${about.join(', ')}`}
      onClick={() => {
        selectedStream.value = name;
        goTo(line);
      }}
      onDblClick={() => read(name)}
    >
      <span class="sign" aria-hidden="true">
        {signs[standing]}
      </span>
      <span class="name">{name}</span>
      {tests > 0 && (
        <span class="tests" aria-hidden="true">
          {failed > 0 ? `${failed}/${tests}` : tests}
        </span>
      )}
    </li>
  );
}

function Tests() {
  const found = report.value;
  const failed = found?.tests.filter(({ status }) => status === 'failed').length ?? 0;
  const coverage = found?.coverage;
  const share = coverage === undefined ? undefined : coverage.taken / Math.max(1, coverage.ways);
  return (
    <section class="tests-box" aria-label="Tests of the manifest">
      {coverage !== undefined && share !== undefined && (
        <div
          class="coverage"
          title={`${coverage.taken} of ${coverage.ways} ways through the manifest are taken by its tests`}
        >
          <span>coverage</span>
          <progress value={share} max={1} aria-label={`Coverage ${Math.round(share * 100)} %`} />
          <span>{Math.round(share * 100)} %</span>
        </div>
      )}
      <p class="hint">
        {testing.value !== undefined
          ? `running ${testing.value === 'checks' ? 'checks and tests' : 'tests'} …`
          : found === undefined
            ? 'not tested yet'
            : found.problems.length > 0
              ? found.problems[0]
              : found.tests.length === 0
                ? 'no tests yet: read a stream, then save it as one'
                : failed === 0
                  ? found.tests.length === 1
                    ? 'the only test passed'
                    : `all ${found.tests.length} tests passed`
                  : `${failed} of ${found.tests.length} ${found.tests.length === 1 ? 'test' : 'tests'} failed`}
      </p>
      <div class="row">
        {testing.value !== undefined ? (
          <button type="button" onClick={cancelTests}>
            Cancel
          </button>
        ) : (
          <>
            <button type="button" onClick={() => void runTests(false)}>
              Run tests
            </button>
            <button
              type="button"
              onClick={() => {
                tab.value = 'checks';
                void runTests(true);
              }}
            >
              Run checks
            </button>
          </>
        )}
      </div>
    </section>
  );
}
