import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The colours are those of the page, so that they follow it from light to dark. */
export const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--number)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--faint)', fontStyle: 'italic' },
  { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword], color: 'var(--template)' },
  {
    tag: [tags.variableName, tags.special(tags.variableName), tags.function(tags.variableName)],
    color: 'var(--template)',
  },
  { tag: [tags.brace, tags.processingInstruction], color: 'var(--template)', fontWeight: '600' },
  { tag: [tags.labelName, tags.typeName], color: 'var(--number)' },
]);

export const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', backgroundColor: 'var(--paper)', color: 'var(--ink)' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--accent)', paddingBottom: '30vh' },
  '&.cm-focused': { outline: 'none' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--paper)', color: 'var(--faint)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'var(--line-active)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--line-active)', color: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selection)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--edge)',
    borderRadius: '6px',
    boxShadow: 'var(--shadow)',
    maxWidth: '36rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '18em' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent)',
  },
  '.cm-completionInfo': { maxWidth: '22rem', padding: '6px 9px' },
  '.cm-tooltip-hover': { padding: '0' },
  '.cm-tooltip-section': { padding: '0' },
  '.cm-lsp-documentation, .cm-lsp-hover-tooltip': {
    padding: '6px 10px',
    maxHeight: '22em',
    overflow: 'auto',
  },
  '.cm-diagnostic': { padding: '5px 10px', whiteSpace: 'pre-wrap' },
  '.cm-diagnosticAction': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent)',
    borderRadius: '4px',
  },
  '.cm-panel': { fontSize: '12px', padding: '5px 8px' },
  '.cm-panel input, .cm-panel button': { fontSize: '12px' },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--ink)', borderColor: 'var(--edge)' },
  '.cm-textfield': { backgroundColor: 'var(--paper)', border: '1px solid var(--edge)', borderRadius: '4px' },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--paper)',
    border: '1px solid var(--edge)',
    borderRadius: '4px',
  },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--edge)',
    color: 'var(--soft)',
  },
  '.cm-stream-lens': { display: 'flex', gap: '10px', padding: '6px 0 0 6px' },
  '.cm-stream-lens button': {
    font: '11px/1.4 var(--sans)',
    color: 'var(--soft)',
    background: 'none',
    border: '0',
    padding: '0',
    cursor: 'pointer',
  },
  '.cm-stream-lens button:hover': { color: 'var(--accent)', textDecoration: 'underline' },
  '.cm-template-lens': { padding: '6px 10px', font: '12px/1.5 var(--mono)', maxWidth: '44rem' },
  '.cm-template-lens table': { borderSpacing: '12px 1px' },
  '.cm-template-lens td': { verticalAlign: 'top', overflowWrap: 'anywhere' },
  '.cm-template-lens td:last-child': { color: 'var(--faint)' },
});
