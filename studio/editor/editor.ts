import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { jinja } from '@codemirror/lang-jinja';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { effect } from '@preact/signals';
import { base, isDirty } from '../state/file.ts';
import { languageServer } from './language-server.ts';
import { colours, look } from './look.ts';
import { streamLenses } from './stream-lenses.ts';
import { templateLens } from './template-lens.ts';

let view: EditorView | undefined;

/** The text in the editor, whether saved or not. */
export function textOf(): string {
  return view?.state.doc.toString() ?? '';
}

export interface EditorHooks {
  readonly save: () => void;
  readonly read: (stream?: string) => void;
  readonly changed: () => void;
}

/** Milliseconds of quiet after a change before the rest of the page looks at the text. */
const quiet = 250;

export function createEditor(parent: HTMLElement, text: string, uri: string, hooks: EditorHooks): EditorView {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saved = Text.of(text.split(/\r\n?|\n/));
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
  view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce),
        lineNumbers(),
        foldGutter(),
        lintGutter(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of('  '),
        bracketMatching(),
        closeBrackets(),
        autocompletion(),
        search({ top: true }),
        highlightSelectionMatches(),
        jinja({ base: yaml() }),
        syntaxHighlighting(colours),
        look,
        languageServer(uri),
        streamLenses(hooks.read),
        templateLens,
        keymap.of([
          { key: 'Mod-s', preventDefault: true, run: taken(hooks.save) },
          { key: 'Mod-Enter', preventDefault: true, run: taken(() => hooks.read()) },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
        EditorView.contentAttributes.of({ 'aria-label': 'Manifest', id: 'manifest-text' }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          isDirty.value = !update.state.doc.eq(saved);
          clearTimeout(timer);
          timer = setTimeout(hooks.changed, quiet);
        }),
      ],
    }),
  });
  effect(() => {
    if (base.value !== undefined) saved = Text.of(base.value.text.split(/\r\n?|\n/));
  });
  return view;
}

/** A command that always has something to do. */
function taken(act: () => void): () => boolean {
  return () => {
    act();
    return true;
  };
}

/** Another text, of which only what differs is changed, so that the caret and the view stay where they are. */
export function replaceText(text: string): void {
  if (view === undefined) return;
  const before = textOf();
  let start = 0;
  while (start < before.length && start < text.length && before[start] === text[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, text.length) - start;
  while (end < most && before[before.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  view.dispatch({
    changes: { from: start, to: before.length - end, insert: text.slice(start, text.length - end) },
  });
}

export function jumpToLine(line: number): void {
  if (view === undefined) return;
  const { from } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
  view.focus();
}

export function focusEditor(): void {
  view?.focus();
}

export function theEditor(): EditorView | undefined {
  return view;
}
