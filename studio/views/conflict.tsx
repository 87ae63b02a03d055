import { yaml } from '@codemirror/lang-yaml';
import { syntaxHighlighting } from '@codemirror/language';
import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'preact/hooks';
import { textOf } from '../editor/editor.ts';
import { colours, look } from '../editor/look.ts';
import { keepMine, takeTheirs } from '../state/actions.ts';
import { isComparing } from '../state/comparing.ts';
import { conflict } from '../state/file.ts';

/** The file as it is on disk beside the text that is here. */
export function Conflict() {
  const theirs = conflict.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const isOpen = isComparing.value && theirs !== undefined;
  useEffect(() => {
    const [box, parent] = [dialog.current, place.current];
    if (!isOpen || box === null || parent === null || theirs === undefined) return;
    const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
    const side = (name: string) => [
      EditorView.cspNonce.of(nonce),
      lineNumbers(),
      yaml(),
      syntaxHighlighting(colours),
      look,
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0' }),
    ];
    const merge = new MergeView({
      a: { doc: theirs.text, extensions: side('On disk') },
      b: { doc: textOf(), extensions: side('Here') },
      parent,
      collapseUnchanged: { margin: 3, minSize: 6 },
      highlightChanges: true,
    });
    box.showModal();
    return () => {
      merge.destroy();
      box.close();
    };
  }, [isOpen, theirs]);
  if (!isOpen) return null;
  const close = () => {
    isComparing.value = false;
  };
  return (
    <dialog class="conflict" ref={dialog} onClose={close} aria-label="The file on disk and the text here">
      <header>
        <strong>On disk</strong>
        <strong>Here, not saved</strong>
      </header>
      <div class="merge" ref={place} />
      <footer>
        <button type="button" onClick={close}>
          Decide later
        </button>
        <button
          type="button"
          onClick={() => {
            close();
            takeTheirs(theirs);
          }}
        >
          Take what is on disk
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => {
            close();
            keepMine(theirs);
          }}
        >
          Keep what is here
        </button>
      </footer>
    </dialog>
  );
}
