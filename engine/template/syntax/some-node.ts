import { eachNode, type Node } from './each-node.ts';

/** Whether any node of a part of a template passes a test. */
export function someNode(part: unknown, test: (node: Node) => boolean): boolean {
  let isFound = false;
  eachNode(part, (node) => {
    isFound ||= test(node);
    return isFound ? [] : undefined;
  });
  return isFound;
}
