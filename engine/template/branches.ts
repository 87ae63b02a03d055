import { eachNode } from './syntax/each-node.ts';
import { templateBody } from './syntax/template-body.ts';

/** A choice that a template writes out. */
export interface Branch {
  readonly of: 'if' | 'inline if';
  /** Where it stands in the text. */
  readonly offset: number;
  readonly arms: readonly (string | number)[];
}

/** Whether a rendering of the template may have a choice to make; most have none. */
export function mayChoose(text: string): boolean {
  return /\b(?:if|and|or)\b/.test(text);
}

/** The `if`s of a template, as its renderings tell of them. None when it cannot be read. */
export function branchesOf(text: string): readonly Branch[] {
  const body = text.includes('if') ? templateBody(text) : undefined;
  const found: Branch[] = [];
  eachNode(body, (node) => {
    const { offset } = node;
    if (node.type === 'condition') found.push({ of: 'inline if', offset, arms: ['then', 'else'] });
    if (node.type === 'if')
      found.push({ of: 'if', offset, arms: [...node.elifs.keys(), node.elifs.length, 'else'] });
  });
  return found;
}
