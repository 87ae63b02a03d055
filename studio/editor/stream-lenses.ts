import { type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, WidgetType } from '@codemirror/view';
import { effect } from '@preact/signals';
import { outline } from '../state/outline.ts';

const setLenses = StateEffect.define<DecorationSet>();

const shown = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lenses, { changes, effects }) {
    for (const one of effects) if (one.is(setLenses)) return one.value;
    return lenses.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

class Lens extends WidgetType {
  readonly stream: string;
  readonly read: (stream: string) => void;

  constructor(stream: string, read: (stream: string) => void) {
    super();
    this.stream = stream;
    this.read = read;
  }

  override eq({ stream }: Lens): boolean {
    return stream === this.stream;
  }

  override toDOM(): HTMLElement {
    const line = document.createElement('div');
    line.className = 'cm-stream-lens';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `▶ read ${this.stream}`;
    // The list of streams is where the keyboard gets there.
    button.tabIndex = -1;
    button.onclick = () => this.read(this.stream);
    line.append(button);
    return line;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** Above each stream: read a little of it. */
export function streamLenses(read: (stream: string) => void): Extension {
  const follow = ViewPlugin.define((view) => ({
    destroy: effect(() => {
      const { streams } = outline.value;
      // The view is still being made when the first streams are known.
      queueMicrotask(() => {
        const builder = new RangeSetBuilder<Decoration>();
        let last = 0;
        for (const { name, line } of [...streams].sort((a, b) => a.line - b.line)) {
          if (line <= last || line > view.state.doc.lines) continue;
          last = line;
          const { from } = view.state.doc.line(line);
          builder.add(from, from, Decoration.widget({ widget: new Lens(name, read), block: true, side: -1 }));
        }
        view.dispatch({ effects: setLenses.of(builder.finish()) });
      });
    }),
  }));
  return [shown, follow];
}
