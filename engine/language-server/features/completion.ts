import type * as z from 'zod';
import { deprecatedFields } from '../../language/field-meta.ts';
import { choicesIn, describedBy, isOptional, slotIn } from '../../language/field-slots.ts';
import { type Caret, caretAt, mappingAround } from '../locate/caret.ts';
import { type ComponentHere, placeAt } from '../locate/component-at.ts';
import type { OpenDocument } from '../locate/open-document.ts';
import { isMap, isSeq, type Node, nameOf, namesIn, nodeAtPath, type Path, textAt } from '../locate/syntax.ts';
import { type TemplatePlace, templateAt } from '../locate/template-at.ts';
import { aboutName, filterNames, functionNames, testNames, visibleNames } from '../names.ts';
import { newStream } from './new-stream.ts';
import { aboutParameters, parameterNames } from './parameters.ts';
import { schemaFields } from './schema-fields.ts';

export type SuggestionKind =
  | 'field'
  | 'type'
  | 'value'
  | 'reference'
  | 'name'
  | 'function'
  | 'filter'
  | 'test'
  | 'snippet';

export interface Suggestion {
  readonly label: string;
  readonly kind: SuggestionKind;
  readonly documentation?: string | undefined;
  /** What is written, where that is more than the label. */
  readonly insert?: string;
  readonly isDeprecated?: boolean;
  /** A component cannot do without it. */
  readonly isRequired?: boolean;
}

export interface Suggestions {
  readonly items: readonly Suggestion[];
  /** Characters before the caret that an accepted suggestion replaces. */
  readonly typed: string;
}

const nothing: Suggestions = { items: [], typed: '' };

/** What may be written at an offset. */
export function suggestAt(document: OpenDocument, offset: number): Suggestions {
  const caret = caretAt(document, offset);
  if (caret === undefined) return nothing;
  const place = caret.isKey ? undefined : templateAt(document.text.slice(caret.start, offset));
  if (place !== undefined) return { items: inTemplate(document, caret, place), typed: place.typed };
  const fields = caret.mayBeKey ? [...fieldsFor(document, caret), ...parametersFor(document, caret)] : [];
  const values = caret.isKey ? [] : valuesFor(document, caret);
  return { items: [...streamFor(caret), ...values, ...fields], typed: caret.typed };
}

function fieldsFor({ registry }: OpenDocument, caret: Caret): readonly Suggestion[] {
  const { node, path } = mappingAround(caret);
  const { component, field } = placeAt(caret.root, path, registry);
  // A slot in which nothing is written yet: the component there is the one of the slot's default type.
  const isEmptySlot = !isMap(node) && field?.type !== undefined && field.family !== undefined;
  const defaultType = isEmptySlot && field.type ? slotIn(field.type)?.defaultType : undefined;
  const owner = isEmptySlot
    ? defaultType && field.family && registry.find(field.family, defaultType)
    : samePath(component.path, path) && component.component;
  const given = namesIn(node);
  const ownFields = owner ? Object.entries(owner.fields()) : [];
  const all = [
    ...(owner || isEmptySlot ? [typeField(component)] : []),
    ...ownFields.map(([name, type]) => fieldSuggestion(name, type as z.ZodType)),
    ...(owner || isEmptySlot ? everywhere : []),
  ];
  return all
    .filter(({ label }) => !given.includes(label) || label === caret.typed)
    .map((item) => (caret.hasColon ? item : { ...item, insert: `${item.label}: ` }));
}

/** An item of the list of streams that is just begun may be a whole stream. */
function streamFor({ root, path, isKey }: Caret): readonly Suggestion[] {
  const isItem = !isKey && path.length === 2 && path[0] === 'streams' && typeof path[1] === 'number';
  if (!isItem) return [];
  const documentation = 'A stream to be filled in: its name, its path and where its records are.';
  return [{ label: 'new stream', kind: 'snippet', insert: newStream(root), documentation }];
}

/** Names of parameters are those that other components are given, or that templates read. */
function parametersFor({ text }: OpenDocument, caret: Caret): readonly Suggestion[] {
  const { node, path } = mappingAround(caret);
  if (path.at(-1) !== '$parameters') return [];
  const given = namesIn(node);
  const read = [...text.matchAll(/\bparameters(?:\.get\(\s*['"]|\[\s*['"]|\.)(\w+)/g)].map(
    ([, name]) => name ?? '',
  );
  const written = parameterNames(caret.root);
  const about = aboutParameters(text, caret.root);
  return [...new Set([...read, ...written])]
    .filter((label) => !given.includes(label) || label === caret.typed)
    .map((label) => ({
      label,
      kind: 'name',
      documentation: about.documentation(label),
      ...(!caret.hasColon && { insert: `${label}: ` }),
    }));
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

function typeField({ component }: ComponentHere): Suggestion {
  return { label: 'type', kind: 'field', documentation: component?.doc, isRequired: true };
}

const everywhere: readonly Suggestion[] = [
  { label: '$ref', kind: 'field', documentation: 'A part of this manifest that this one begins as.' },
  {
    label: '$parameters',
    kind: 'field',
    documentation: 'Fields for this component and all below it that have them not.',
  },
];

function fieldSuggestion(name: string, type: z.ZodType): Suggestion {
  const successor = deprecatedFields.get(type)?.successor;
  return {
    label: name,
    kind: 'field',
    documentation: describedBy(type),
    isDeprecated: successor !== undefined,
    isRequired: !isOptional(type),
  };
}

function valuesFor(document: OpenDocument, caret: Caret): readonly Suggestion[] {
  const { registry } = document;
  const { root, path } = caret;
  const parameter = path.at(-2) === '$parameters' ? path.at(-1) : undefined;
  if (typeof parameter === 'string') {
    const about = aboutParameters(document.text, root);
    const documentation = about.documentation(parameter);
    return about.values(parameter).map((label) => ({ label, kind: 'value', documentation }));
  }
  const name = path.findLast((step) => typeof step === 'string');
  if (name === '$ref' || caret.typed.startsWith('#')) return references(root);
  const { component, field } = placeAt(root, path, registry);
  if (name === 'type' && samePath(component.path, path.slice(0, -1))) return typesFor(document, component);
  if (field === undefined || field.type === undefined) return [];
  if (field.name === 'stream_names') return streamNames(root).map((label) => ({ label, kind: 'value' }));
  if (field.name === 'class_name') return [];
  const fields = schemaFields(document, root, path, field.name);
  if (fields !== undefined) return fields.map((label) => ({ label, kind: 'value' }));
  const documentation = describedBy(field.type);
  return choicesIn(field.type).map((label) => ({ label: String(label), kind: 'value', documentation }));
}

function typesFor({ registry }: OpenDocument, { family }: ComponentHere): readonly Suggestion[] {
  if (family === undefined) return [];
  return registry
    .typesOf(family)
    .map((label) => ({ label, kind: 'type', documentation: registry.find(family, label)?.doc }));
}

/** The parts of a manifest that others may begin as. */
function references(root: Node | null): readonly Suggestion[] {
  const found: Suggestion[] = [];
  function add(node: unknown, pointer: string, depth: number): void {
    if (!isMap(node) || depth > 3) return;
    for (const pair of node.items) {
      const { value } = pair;
      if (!isMap(value)) continue;
      const label = `${pointer}/${nameOf(pair)}`;
      const type = textAt(value, 'type');
      found.push({ label, kind: 'reference', documentation: type, insert: `"${label}"` });
      if (type === undefined) add(value, label, depth + 1);
    }
  }
  add(nodeAtPath(root, ['definitions']), '#/definitions', 1);
  return found;
}

function streamNames(root: Node | null): readonly string[] {
  const streams = nodeAtPath(root, ['streams']);
  return isSeq(streams) ? streams.items.flatMap((item) => streamName(root, item) ?? []) : [];
}

/** The name of a stream, also one that it has from what it refers to, or from its parameters. */
export function streamName(root: Node | null, item: unknown): string | undefined {
  const own = textAt(item, 'name');
  const parameters = isMap(item)
    ? item.items.find((pair) => nameOf(pair) === '$parameters')?.value
    : undefined;
  const reference = textAt(item, '$ref');
  if (own !== undefined || reference === undefined) return own ?? textAt(parameters, 'name');
  const target = nodeAtPath(root, reference.slice(2).split('/'));
  return textAt(parameters, 'name') ?? streamName(root, target);
}

function inTemplate(
  { registry }: OpenDocument,
  { root, path }: Caret,
  place: TemplatePlace,
): readonly Suggestion[] {
  if (place.kind === 'filter') return filterNames.map((label) => ({ label, kind: 'filter' }));
  if (place.kind === 'test') return testNames.map((label) => ({ label, kind: 'test' }));
  if (place.kind === 'key') return keysOf(root, place.of);
  const { component } = placeAt(root, path, registry);
  return [
    ...[...visibleNames(component.component)].map(([label, documentation]) => ({
      label,
      kind: 'name' as const,
      documentation,
    })),
    ...functionNames.map((label) => ({ label, kind: 'function' as const })),
  ];
}

const sliceKeys: Readonly<Record<string, readonly string[]>> = {
  stream_interval: ['start_time', 'end_time'],
  stream_slice: ['start_time', 'end_time'],
  next_page_token: ['next_page_token'],
};

function keysOf(root: Node | null, name: string): readonly Suggestion[] {
  if (name === 'config') {
    return [...configFields(root)].map(([label, documentation]) => ({ label, kind: 'name', documentation }));
  }
  if (aboutName(name) === undefined) return [];
  return (sliceKeys[name] ?? []).map((label) => ({ label, kind: 'name' }));
}

const specPath: Path = ['spec', 'connection_specification', 'properties'];

/** The fields of the config that the spec names, with what it says about them. */
export function configFields(root: Node | null): ReadonlyMap<string, string | undefined> {
  const properties = nodeAtPath(root, specPath);
  return new Map(
    namesIn(properties).map((name) => {
      const field = nodeAtPath(root, [...specPath, name]);
      return [name, textAt(field, 'description') ?? textAt(field, 'title')];
    }),
  );
}
