import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { type EditorView, showTooltip, type Tooltip, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { EvaluationView } from '../../engine/studio/messages.ts';
import { post } from '../state/api.ts';
import { reading, selectedPage } from '../state/read.ts';

const setLens = StateEffect.define<Tooltip | null>();

const lens = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, { effects, docChanged }) {
    for (const one of effects) if (one.is(setLens)) return one.value;
    return docChanged ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

/** Milliseconds that the caret rests before anybody is asked. */
const patience = 200;

/** With the caret in a template: what it came to on the page that is selected. */
export const templateLens: Extension = [
  lens,
  ViewPlugin.fromClass(
    class {
      private timer: ReturnType<typeof setTimeout> | undefined;

      update({ view, selectionSet, docChanged }: ViewUpdate): void {
        if (!selectionSet && !docChanged) return;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void look(view), patience);
      }

      destroy(): void {
        clearTimeout(this.timer);
      }
    },
  ),
];

async function look(view: EditorView): Promise<void> {
  const shown = await lensAt(view).catch(() => null);
  if (shown !== null || view.state.field(lens) !== null) view.dispatch({ effects: setLens.of(shown) });
}

async function lensAt(view: EditorView): Promise<Tooltip | null> {
  const { main } = view.state.selection;
  const id = reading.value?.id;
  const text = view.state.doc.toString();
  const span = main.empty ? templateAround(text, main.head) : undefined;
  if (span === undefined || id === undefined || text !== reading.value?.text) return null;
  const found = await post<EvaluationView | null>(`/api/reads/${id}/evaluate`, {
    template: text.slice(span.start, span.end),
    offset: span.start,
    page: selectedPage.value?.view.number ?? 1,
  });
  if (found === null || view.state.selection.main.head !== main.head) return null;
  return { pos: span.start, above: true, create: () => ({ dom: table(found) }) };
}

/** The `{{ }}` or `{% %}` around an offset. */
function templateAround(
  text: string,
  offset: number,
): { readonly start: number; readonly end: number } | undefined {
  const start = Math.max(text.lastIndexOf('{{', offset), text.lastIndexOf('{%', offset));
  if (start < 0) return undefined;
  const close = text[start + 1] === '{' ? '}}' : '%}';
  const end = text.indexOf(close, start);
  return end < 0 || end + 2 < offset ? undefined : { start, end: end + 2 };
}

function table({ parts }: EvaluationView): HTMLElement {
  const box = document.createElement('div');
  box.className = 'cm-template-lens';
  const rows = document.createElement('table');
  for (const { text, depth, type, shown } of parts) {
    const row = rows.insertRow();
    row.insertCell().textContent = `${'  '.repeat(depth)}${text}`;
    row.insertCell().textContent = shown;
    row.insertCell().textContent = type;
  }
  box.append(rows);
  return box;
}
