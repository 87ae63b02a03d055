import { deprecatedFields } from '../../language/field-meta.ts';
import { choicesIn, describedBy } from '../../language/field-slots.ts';
import { placeAt } from '../locate/component-at.ts';
import type { OpenDocument } from '../locate/open-document.ts';
import {
  isMap,
  isScalar,
  nodeAtPath,
  type Path,
  rangeOf,
  referencePath,
  scalarAt,
} from '../locate/syntax.ts';
import { isInTemplate, wordAt } from '../locate/template-at.ts';
import { aboutName, filterNames, functionNames, testNames, visibleNames } from '../names.ts';
import { configFields } from './completion.ts';

export interface Hover {
  /** Markdown. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What is to be said about what is written at an offset. */
export function hoverAt(document: OpenDocument, offset: number): Hover | undefined {
  const root = document.syntax().contents;
  const at = scalarAt(document.syntax(), offset);
  if (at === undefined) return undefined;
  const [start, end] = rangeOf(at.node);
  const inTemplate = at.isKey ? undefined : aboutWord(document, start, offset, at.path);
  if (inTemplate !== undefined) return inTemplate;
  const { component, field } = placeAt(root, at.path, document.registry);
  const name = at.path.at(-1);
  const say = (text: string | undefined) => (text === undefined ? undefined : { text, start, end });
  if (name === '$ref' || (isScalar(at.node) && String(at.node.value).startsWith('#/')))
    return say(referred(document, String(isScalar(at.node) ? at.node.value : '')));
  if (name === 'type' && component.component !== undefined && !at.isKey)
    return say(`**${component.component.type}** — ${component.component.doc}`);
  if (field === undefined || field.type === undefined) return undefined;
  const owner = field.owner.component?.type ?? '';
  const choices = choicesIn(field.type).map((choice) => `\`${choice}\``);
  const successor = deprecatedFields.get(field.type)?.successor;
  const parts = [
    `**${field.name}** of ${owner}`,
    describedBy(field.type),
    field.family === undefined
      ? undefined
      : `Takes a component: ${document.registry
          .typesOf(field.family)
          .map((type) => `\`${type}\``)
          .join(', ')}.`,
    choices.length > 1 ? `One of ${choices.join(', ')}.` : undefined,
    successor === undefined ? undefined : `Deprecated: use \`${successor}\`.`,
  ];
  return say(parts.filter((part) => part !== undefined).join('\n\n'));
}

/** What a reference points to, as it is written there. */
function referred({ text, syntax }: OpenDocument, reference: string): string | undefined {
  const path = referencePath(reference);
  const target = path && nodeAtPath(syntax().contents, path);
  if (target === undefined) return undefined;
  const [start, end] = rangeOf(target);
  const lines = text
    .slice(text.lastIndexOf('\n', start) + 1, end)
    .trimEnd()
    .split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  const dedented = lines.map((line) => line.slice(Number.isFinite(indent) ? indent : 0));
  const shown = dedented.length > 25 ? [...dedented.slice(0, 25), '…'] : dedented;
  const label = isMap(target) ? 'yaml' : '';
  return `\`\`\`${label}\n${shown.join('\n')}\n\`\`\``;
}

function aboutWord(
  { text, syntax, registry }: OpenDocument,
  start: number,
  offset: number,
  path: Path,
): Hover | undefined {
  if (!isInTemplate(text.slice(start), offset - start)) return undefined;
  const found = wordAt(text, offset);
  if (found === undefined) return undefined;
  const { word } = found;
  const root = syntax().contents;
  const say = (said: string) => ({ text: said, start: found.start, end: found.start + word.length });
  const before = text.slice(0, found.start);
  if (/config(?:\[\s*["']|\.(?:get\(\s*["'])?)$/.test(before)) {
    const fields = configFields(root);
    if (!fields.has(word)) return say(`The spec has no field \`${word}\`.`);
    return say(`**${word}** of the config\n\n${fields.get(word) ?? ''}`.trim());
  }
  if (/\|\s*$/.test(before) && filterNames.includes(word)) return say(`**${word}**, a filter of templates`);
  if (/\bis\s+(?:not\s+)?$/.test(before) && testNames.includes(word))
    return say(`**${word}**, a test of templates`);
  const { component } = placeAt(root, path, registry);
  const about = aboutName(word);
  if (about !== undefined) {
    const isSeen = visibleNames(component.component).has(word);
    const where = isSeen
      ? ''
      : `\n\nNot known here: ${component.component?.type ?? 'this component'} does not see it.`;
    return say(`**${word}** — ${about}${where}`);
  }
  if (functionNames.includes(word)) return say(`**${word}**, a function of templates`);
  return undefined;
}
