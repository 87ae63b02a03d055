import { read } from '../state/actions.ts';
import { isReading, reading, stateBefore } from '../state/read.ts';

/** The state that a read begins with, and the one that it ends with. */
export function State() {
  const after = reading.value?.end?.stateAfter;
  const text = after === undefined ? '' : JSON.stringify(after, null, 2);
  return (
    <div class="states">
      <section>
        <h3>
          <label for="state-before">Before</label>
        </h3>
        <textarea
          id="state-before"
          spellcheck={false}
          placeholder="No state: the read begins anew. Paste one as JSON to go on from it."
          value={stateBefore.value}
          onInput={({ currentTarget }) => {
            stateBefore.value = currentTarget.value;
          }}
        />
        {stateBefore.value !== '' && (
          <button
            type="button"
            onClick={() => {
              stateBefore.value = '';
            }}
          >
            Begin anew
          </button>
        )}
      </section>
      <section>
        <h3>After</h3>
        <pre class="state-after" tabIndex={0} aria-label="State after the read">
          {text === '' ? 'Not known yet.' : text}
        </pre>
        {after !== undefined && (
          <button
            type="button"
            disabled={isReading.value}
            onClick={() => {
              stateBefore.value = text;
              read(reading.value?.stream);
            }}
          >
            Go on from here
          </button>
        )}
      </section>
    </div>
  );
}
