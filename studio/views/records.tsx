import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { RecordRow } from '../state/read.ts';
import { Line } from './line.tsx';

/** Pixels, as in the style sheet. */
const rowHeight = 26;
/** Rows that are drawn beyond what is seen, above and below. */
const spare = 12;
const mostColumns = 14;

/** Records as a table of which only what is seen is drawn: five thousand are as quick as five. */
export function Records({
  rows,
  keys,
}: {
  readonly rows: readonly RecordRow[];
  readonly keys: readonly string[];
}) {
  const box = useRef<HTMLDivElement>(null);
  const first = useSignal(0);
  const height = useSignal(400);
  const active = useSignal(0);
  const columns = useMemo(() => columnsOf(rows, keys), [rows.length, keys.join()]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      height.value = element.clientHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  if (rows.length === 0) return <p class="hint pad">The page has no records.</p>;
  const at = Math.min(active.value, rows.length - 1);
  const start = Math.max(0, first.value - spare);
  const end = Math.min(rows.length, first.value + Math.ceil(height.value / rowHeight) + spare);
  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(height.value / rowHeight) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(at + step, 0), rows.length - 1);
    active.value = next;
    const element = box.current;
    if (element === null) return;
    const top = next * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + 2 * rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + 2 * rowHeight - element.clientHeight;
  };
  const template = { gridTemplateColumns: `3.5rem repeat(${columns.length}, minmax(7rem, 12rem))` };
  return (
    <div class="records">
      <div
        class="record-table"
        role="grid"
        aria-label="Records"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={`record-${at}`}
        tabIndex={0}
        ref={box}
        onKeyDown={move}
        onScroll={({ currentTarget }) => {
          first.value = Math.floor(currentTarget.scrollTop / rowHeight);
        }}
      >
        <div class="record head" role="row" aria-rowindex={1} style={template}>
          <span role="columnheader">#</span>
          {columns.map((name) => (
            <span role="columnheader" key={name} class={keys.includes(name) ? 'is-key' : ''}>
              {name}
            </span>
          ))}
        </div>
        <div class="record-space" role="rowgroup" style={{ height: `${rows.length * rowHeight}px` }}>
          {rows.slice(start, end).map((row, offset) => {
            const index = start + offset;
            return (
              <div
                key={index}
                id={`record-${index}`}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={index === at}
                class={`record ${row.dropped === undefined ? '' : 'dropped'}`}
                style={{ ...template, top: `${index * rowHeight}px` }}
                onClick={() => {
                  active.value = index;
                }}
              >
                <span role="gridcell" class="number">
                  {row.dropped === undefined ? index + 1 : '—'}
                </span>
                {columns.map((name) => (
                  <span role="gridcell" key={name}>
                    {shown(valueAt(row.record, name))}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <Whole row={rows[at]} number={at + 1} />
    </div>
  );
}

function Whole({ row, number }: { readonly row: RecordRow | undefined; readonly number: number }) {
  if (row === undefined) return null;
  return (
    <div class="whole" role="region" aria-label={`Record ${number}`} tabIndex={0}>
      {row.dropped !== undefined && (
        <p class="drop-reason">
          Left out by {row.dropped.by}. <Line line={row.dropped.line} />
        </p>
      )}
      <pre>{JSON.stringify(row.record, null, 2)}</pre>
    </div>
  );
}

/** The keys first, then what most records have, plain values before others. */
function columnsOf(rows: readonly RecordRow[], keys: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { record } of rows.slice(0, 60)) {
    for (const [name, value] of Object.entries(record ?? {})) {
      const weight = value === null ? 0.2 : typeof value === 'object' ? 0.4 : 1;
      counts.set(name, (counts.get(name) ?? 0) + weight);
    }
  }
  const others = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return [...new Set([...keys, ...others])].slice(0, mostColumns);
}

function valueAt(record: unknown, path: string): unknown {
  const own = typeof record === 'object' && record !== null ? Reflect.get(record, path) : undefined;
  if (own !== undefined || !path.includes('.')) return own;
  return path
    .split('.')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
      record,
    );
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
