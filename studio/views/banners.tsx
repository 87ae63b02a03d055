import { goTo, keepMine, takeTheirs } from '../state/actions.ts';
import { isComparing } from '../state/comparing.ts';
import { conflict, connection, isDirty, notice } from '../state/file.ts';

/** What the user has to know now, or decide. */
export function Banners() {
  const theirs = conflict.value;
  return (
    <div class="banners" role="status" aria-live="polite">
      {connection.value === 'lost' && (
        <p class="banner warn">
          The server has gone. Start <code>manifold studio --port {location.port}</code> again, and this page
          goes on; what you have typed is kept.
        </p>
      )}
      {connection.value === 'refused' && (
        <p class="banner warn">
          The studio was started anew. Open the link that it printed in this browser, and this page goes on;
          what you have typed is kept.
        </p>
      )}
      {theirs !== undefined && (
        <p class="banner warn">
          Another program has changed the file{isDirty.value ? ', and here is text that is not saved' : ''}.
          <button
            type="button"
            onClick={() => {
              isComparing.value = true;
            }}
          >
            Compare
          </button>
          <button type="button" onClick={() => keepMine(theirs)}>
            Keep mine
          </button>
          <button type="button" onClick={() => takeTheirs(theirs)}>
            Take theirs
          </button>
        </p>
      )}
      {notice.value !== undefined && (
        <p class={`banner ${notice.value.isError ? 'bad' : 'good'}`}>
          <span class="text">
            {notice.value.text}
            {notice.value.places?.map(({ label, line }) => (
              <button
                key={line}
                type="button"
                class="link place"
                onClick={() => goTo(line)}
                title={`Go to line ${line}`}
              >
                {label}
              </button>
            ))}
          </span>
          <button
            type="button"
            aria-label="Close this message"
            onClick={() => {
              notice.value = undefined;
            }}
          >
            ×
          </button>
        </p>
      )}
    </div>
  );
}
