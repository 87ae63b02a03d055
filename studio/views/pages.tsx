import type { EventView } from '../../engine/studio/messages.ts';
import { openConfig } from '../state/config.ts';
import { session } from '../state/file.ts';
import { outline } from '../state/outline.ts';
import { isReading, type ReadPage, type ReadSlice, reading, selected, selectedPage } from '../state/read.ts';
import { type Detail, detail, exchangeShown } from '../state/tabs.ts';
import { Exchange } from './exchange.tsx';
import { Line } from './line.tsx';
import { Records } from './records.tsx';
import { MissingSchema } from './schema.tsx';
import { Tabs } from './tabs.tsx';

/** Slices, their pages, and the page that is selected. */
export function Pages() {
  const read = reading.value;
  if (read === undefined && outline.value.needs.length > 0) return <NeedsConfig />;
  if (read === undefined)
    return (
      <div class="empty">
        <p>Read a little of a stream to see its requests, its records, and why it stops where it does.</p>
        <p class="hint">
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> reads the selected stream. Nothing is written.
        </p>
      </div>
    );
  const page = selectedPage.value;
  return (
    <div class="pages">
      <div class="page-list" role="region" aria-label="Slices and pages" tabIndex={0}>
        {read.failure !== undefined && <pre class="failure">{read.failure}</pre>}
        {!isReading.value && outline.value.needs.length > 0 && <NeedsConfig />}
        {read.end?.errors.map(({ text, line }) => (
          <div class="failure" key={text}>
            <pre>{text}</pre>
            <Line line={line} />
          </div>
        ))}
        {read.end?.errors.length === 0 && <MissingSchema />}
        {read.end?.warnings.map((text) => (
          <p class="warning" key={text}>
            {text}
          </p>
        ))}
        {groupsOf(read.slices).map(({ first, slices }) =>
          slices.length === 1 ? (
            slices.map((slice) => <Slice key={first} slice={slice} index={first} />)
          ) : (
            <details key={first} class="nothing-found">
              <summary>
                slices {first + 1} to {first + slices.length} found nothing
              </summary>
              {slices.map((slice, index) => (
                <Slice key={slice.view.title} slice={slice} index={first + index} />
              ))}
            </details>
          ),
        )}
        {read.slices.length === 0 &&
          read.end !== undefined &&
          read.end.errors.length === 0 &&
          !read.end.isCancelled && (
            <p class="hint">There are no slices: nothing is left to read, or its parents have no records.</p>
          )}
      </div>
      <Tabs<Detail>
        label="Page"
        current={detail.value}
        choose={(id) => {
          detail.value = id;
        }}
        tabs={[
          {
            id: 'records',
            title: 'Records',
            mark: page === undefined ? undefined : String(page.rows.length),
          },
          { id: 'request', title: 'Request' },
          { id: 'response', title: 'Response' },
        ]}
      >
        {detail.value === 'records' ? (
          page === undefined ? (
            <p class="hint pad">{isReading.value ? 'Waiting for the first page …' : 'No page was read.'}</p>
          ) : (
            <Records rows={page.rows} keys={keysOf()} />
          )
        ) : (
          <Exchange number={exchangeShown.value ?? lastRequest(page)} side={detail.value} />
        )}
      </Tabs>
    </div>
  );
}

/** A read without it would only say what is missing. */
function NeedsConfig() {
  const { needs } = outline.value;
  const { config, isSimulated } = session.value ?? {};
  return (
    <div class="empty">
      <p>
        The API asks for a config: <b>{needs.join(', ')}</b> {needs.length === 1 ? 'is' : 'are'} missing.
      </p>
      {config === undefined && isSimulated !== true ? (
        <button type="button" class="primary" onClick={() => void openConfig()}>
          Enter config
        </button>
      ) : (
        <p class="hint">Add it to {config ?? 'the spec'}, then read again.</p>
      )}
    </div>
  );
}

function keysOf(): readonly string[] {
  const { primaryKey = [], cursorField } = reading.value?.end ?? {};
  return [...primaryKey, ...(cursorField === undefined ? [] : [cursorField])];
}

/** Slices one by one, but those without records, one after the other, together. */
function groupsOf(slices: readonly ReadSlice[]) {
  const groups: { first: number; slices: ReadSlice[]; isEmpty: boolean }[] = [];
  for (const [index, slice] of slices.entries()) {
    const isEmpty = isNothing(slice);
    const last = groups.at(-1);
    if (isEmpty && last?.isEmpty === true) last.slices.push(slice);
    else groups.push({ first: index, slices: [slice], isEmpty });
  }
  return groups;
}

function isNothing({ view, pages }: ReadSlice): boolean {
  return view.error === undefined && pages.every((page) => page.view.counts?.found === 0);
}

/** What ended the whole read is told once. */
function isToldAbove(error: string): boolean {
  return reading.value?.end?.errors.some(({ text }) => text.startsWith(error)) === true;
}

function lastRequest(page: ReadPage | undefined): number | undefined {
  return page?.view.events.flatMap((event) => (event.kind === 'request' ? [event.exchange] : [])).at(-1);
}

function Slice({ slice, index }: { readonly slice: ReadSlice; readonly index: number }) {
  const { view, pages } = slice;
  return (
    <section class="slice" aria-label={`Slice ${index + 1}`}>
      <h3>
        <span class="slice-number">slice {index + 1}</span> {view.title}
      </h3>
      {view.others.length > 0 && (
        <p class="before">
          before it{' '}
          {view.others.slice(0, 6).map(({ title, exchange, status }) => (
            <button
              key={exchange}
              type="button"
              class="link"
              onClick={() => {
                exchangeShown.value = exchange;
                detail.value = 'response';
              }}
            >
              {title} ({status})
            </button>
          ))}
          {view.others.length > 6 && ` and ${view.others.length - 6} more requests`}
        </p>
      )}
      {pages.map((page, at) => (
        <Page key={at} page={page} slice={index} index={at} />
      ))}
      {view.error !== undefined && !isToldAbove(view.error) && <p class="failure">{view.error}</p>}
    </section>
  );
}

function Page({
  page,
  slice,
  index,
}: {
  readonly page: ReadPage;
  readonly slice: number;
  readonly index: number;
}) {
  const { view } = page;
  const isSelected = selected.value.slice === slice && selected.value.page === index;
  const choose = () => {
    selected.value = { slice, page: index };
    exchangeShown.value = undefined;
  };
  const { counts, drops, stop } = view;
  return (
    <div class={`page ${isSelected ? 'selected' : ''}`}>
      <button type="button" class="page-button" aria-pressed={isSelected} onClick={choose}>
        <span class="page-number">page {view.number}</span>
        <span class="page-events">
          {view.events.length === 0 && <span class="soft">inside the record of its parent: no request</span>}
          {view.events.map((event, at) => (
            <Event key={at} event={event} />
          ))}
        </span>
      </button>
      {counts !== undefined && (
        <p class="about-page">
          {counts.found} extracted
          {drops.map(({ by, line, records }) => (
            <span class="dropped-count" key={`${by} ${line}`}>
              {' '}
              · {records.length} dropped by {by} <Line line={line} />
            </span>
          ))}{' '}
          · {counts.emitted} emitted
        </p>
      )}
      {view.elsewhere !== undefined && <Elsewhere {...view.elsewhere} />}
      {stop !== undefined && (
        <p class="about-page">
          <span class="stop-sign" aria-hidden="true">
            ■
          </span>{' '}
          stopped: {stop.text} <Line line={stop.line} />
        </p>
      )}
    </div>
  );
}

/** No records were found: where they may be, for somebody who has just begun with a stream. */
function Elsewhere({ looked, line, lists }: NonNullable<ReadPage['view']['elsewhere']>) {
  if (lists.length === 0 || lists.some(({ path }) => path === looked)) return null;
  return (
    <p class="about-page elsewhere">
      Nothing is at {looked === '' ? 'the top' : <code>{looked}</code>} <Line line={line} />, but the answer
      has{' '}
      {lists.map(({ path, count }, index) => (
        <span key={path}>
          {index > 0 && ', '}
          <code>{path === '' ? 'a list at its top' : path}</code> ({count})
        </span>
      ))}
      : write that in its place.
    </p>
  );
}

function Event({ event }: { readonly event: EventView }) {
  if (event.kind === 'note')
    return (
      <span class={`event note ${event.of}`}>
        {event.of === 'wait' ? '◷ ' : '→ '}
        {event.text}
        {event.line !== undefined && (
          // Inside of a button there is no other one: the line is told, and the page's last line leads there.
          <span class="soft"> line {event.line}</span>
        )}
      </span>
    );
  const { method, path, status, milliseconds } = event;
  return (
    <span class="event">
      <span class={`status s${Math.floor(status / 100)}`}>{status}</span>
      <span class="method">{method}</span>
      <span class="path" title={path}>
        {path}
      </span>
      {milliseconds !== undefined && (
        <span class="ms">{milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms</span>
      )}
    </span>
  );
}
