import { useSignal } from '@preact/signals';
import { addStream, isAdding } from '../state/add-stream.ts';
import { outline, selectedStream } from '../state/outline.ts';
import { Dialog } from './dialog.tsx';

/** A stream that is read like another one: its lines, with another name and path. */
export function AddStream() {
  const problem = useSignal('');
  if (!isAdding.value) return null;
  const close = () => {
    isAdding.value = false;
    problem.value = '';
  };
  return (
    <Dialog title="Add a stream" close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const text = (name: string) => String(data.get(name) ?? '').trim();
          problem.value = '';
          addStream({ like: text('like'), name: text('name'), path: text('path') }).catch(
            (thrown: unknown) => {
              problem.value = thrown instanceof Error ? thrown.message : String(thrown);
            },
          );
        }}
      >
        <label class="field">
          <span>Name</span>
          <input name="name" required placeholder="order_items" pattern="[A-Za-z]\w*" autocomplete="off" />
          <small>As tables and tests will call it: letters, digits and _.</small>
        </label>
        <label class="field">
          <span>Path</span>
          <input name="path" required placeholder="/orders" autocomplete="off" />
          <small>What the API's documentation shows after the host.</small>
        </label>
        <label class="field">
          <span>Read like</span>
          <select name="like" value={selectedStream.value}>
            {outline.value.streams.map(({ name }) => (
              <option key={name} value={name}>
                {name}
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
