import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ExchangeView } from '../../engine/studio/messages.ts';
import { get } from '../state/api.ts';
import { complain, say } from '../state/file.ts';
import { reading } from '../state/read.ts';

const longest = 200_000;

/** A request as it was sent, or the answer to it; the server shows both without secrets. */
export function Exchange({
  number,
  side,
}: {
  readonly number: number | undefined;
  readonly side: 'request' | 'response';
}) {
  const shown = useSignal<ExchangeView | undefined>(undefined);
  const id = reading.value?.id;
  useEffect(() => {
    shown.value = undefined;
    if (id === undefined || number === undefined || number < 0) return;
    let isWanted = true;
    get<ExchangeView>(`/api/reads/${id}/exchanges/${number}`).then((found) => {
      if (isWanted) shown.value = found;
    }, complain);
    return () => {
      isWanted = false;
    };
  }, [id, number]);
  if (number === undefined || number < 0) return <p class="hint pad">No request was sent for this page.</p>;
  const view = shown.value;
  if (view === undefined) return <p class="hint pad">…</p>;
  const isRequest = side === 'request';
  const body = isRequest ? view.requestBody : view.responseBody;
  return (
    <div class="exchange" role="region" aria-label={side} tabIndex={0}>
      <div class="exchange-head">
        <code class="target">
          {isRequest ? (
            <b>{view.method}</b>
          ) : (
            <b class={`status s${Math.floor(view.status / 100)}`}>{view.status}</b>
          )}{' '}
          {view.url}
        </code>
        <button type="button" onClick={() => copy(view.curl)}>
          Copy as curl
        </button>
      </div>
      <details>
        <summary>Headers</summary>
        <dl class="headers">
          {Object.entries(isRequest ? view.requestHeaders : view.responseHeaders).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      {body === undefined || body === '' ? (
        <p class="hint">No body.</p>
      ) : (
        <pre class="body">{pretty(body)}</pre>
      )}
    </div>
  );
}

function copy(text: string): void {
  navigator.clipboard
    .writeText(text)
    .then(() => say('Copied: a line for a shell, with $TOKEN for secrets.'), complain);
}

function pretty(body: string): string {
  const text = indented(body);
  return text.length > longest
    ? `${text.slice(0, longest)}\n… and ${text.length - longest} more characters`
    : text;
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
