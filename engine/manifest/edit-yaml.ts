import { isCollection, parseDocument, visit } from 'yaml';

/** A value to be put at a path. */
export interface Edit {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** A YAML text with some values replaced; comments and the rest stay. New values stand in one line. */
export function editYaml(text: string, edits: readonly Edit[]): string {
  const document = parseDocument(text, { keepSourceTokens: true });
  for (const { path, value } of edits) {
    const node = document.createNode(value);
    visit(node, {
      Collection(_, collection) {
        if (isCollection(collection)) collection.flow = true;
      },
    });
    document.setIn(path, node);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: !/\{[^ ]/.test(text) });
}
