import { useSignal } from '@preact/signals';
import { addStream, isAdding } from '../state/add-stream.ts';
import { outline, selectedStream } from '../state/outline.ts';
import { reading } from '../state/read.ts';
import { Dialog } from './dialog.tsx';

/** A stream that is read like another one: its lines, with another name and path. */
export function AddStream() {
  const problem = useSignal('');
  const path = useSignal('');
  const chosen = useSignal<string | undefined>(undefined);
  if (!isAdding.value) return null;
  const { streams } = outline.value;
  const close = () => {
    isAdding.value = false;
    problem.value = '';
    path.value = '';
    chosen.value = undefined;
  };
  return (
    <Dialog title="Add a stream" close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const text = (name: string) => String(data.get(name) ?? '').trim();
          problem.value = '';
          addStream({ like: text('like'), name: text('name'), path: text('path') }).then(
            close,
            (thrown: unknown) => {
              problem.value = thrown instanceof Error ? thrown.message : String(thrown);
            },
          );
        }}
      >
        <label class="field">
          <span>Name</span>
          <input
            name="name"
            required
            placeholder="order_items"
            pattern="[A-Za-z]\w*"
            autocomplete="off"
            onInput={({ currentTarget }) => {
              const isTaken = streams.some(({ name }) => name === currentTarget.value.trim());
              currentTarget.setCustomValidity(isTaken ? 'There is a stream of this name already.' : '');
            }}
          />
          <small>As tables and tests will call it: letters, digits and _.</small>
        </label>
        <label class="field">
          <span>Path</span>
          <input
            name="path"
            required
            placeholder="/orders or /orders/{id}/items"
            autocomplete="off"
            onInput={({ currentTarget }) => {
              path.value = currentTarget.value;
            }}
          />
          <small>
            What the API's documentation shows after the host, with {'{id}'} for the id of a parent.
          </small>
        </label>
        <label class="field">
          <span>Read like</span>
          <select
            name="like"
            value={chosen.value ?? nearest(path.value)}
            onChange={({ currentTarget }) => {
              chosen.value = currentTarget.value;
            }}
          >
            {streams.map(({ name, parents, isIncremental }) => (
              <option key={name} value={name}>
                {[
                  name,
                  parents.length > 0 ? `for each record of ${parents.join(', ')}` : '',
                  isIncremental ? 'by what has changed' : '',
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </option>
            ))}
          </select>
          <small>
            Its lines are copied: how it pages, where its records are. Then you change what differs.
          </small>
        </label>
        {problem.value !== '' && (
          <p class="failure" role="alert">
            {problem.value}
          </p>
        )}
        <footer>
          <button type="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Add
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** The stream that is worked on; without one, a typical one, or one that is read for the parent that the path names. */
function nearest(path: string): string | undefined {
  const { streams, typical } = outline.value;
  const isWorkedOn = reading.value !== undefined || selectedStream.value !== streams[0]?.name;
  const worked = isWorkedOn ? streams.find(({ name }) => name === selectedStream.value) : undefined;
  const children = streams.filter(({ parents, hasPath }) => parents.length > 0 && hasPath);
  const before = /^(.*?)\/(?:\{|:|<)/.exec(path)?.[1];
  if (before === undefined || (worked !== undefined && worked.parents.length > 0 && worked.hasPath))
    return worked?.name ?? typical ?? streams[0]?.name;
  const words = before.split(/[^\w]+/);
  const fitting = children.find(({ parents }) => parents.some((parent) => words.includes(parent)));
  return (fitting ?? children[0])?.name ?? typical;
}
