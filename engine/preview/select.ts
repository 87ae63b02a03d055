import { JSONPath } from 'jsonpath-plus';
import { ConnectorError } from '../error/connector-error.ts';
import { messageOf } from '../util/text/message-of.ts';

/** What a JSONPath finds. Filters are evaluated without any code being run. Throws ConnectorError when it is none. */
export function selectPath(path: string, json: unknown): readonly unknown[] {
  if (typeof json !== 'object' || json === null) return path === '$' ? [json] : [];
  try {
    const found: unknown = JSONPath({ path, json, eval: 'safe' });
    return Array.isArray(found) ? found : [];
  } catch (thrown) {
    throw new ConnectorError(`"${path}" is not a JSONPath: ${messageOf(thrown)}.`, { kind: 'config_error' });
  }
}

/** Why a text is no JSONPath, and where in it, as a sentence; undefined for what is one. The library takes much that is none. */
export function pathProblem(path: string): string | undefined {
  const at = unbalanced(path);
  if (at !== undefined) return `"${path}" is not a JSONPath: ${at.what} (character ${at.index + 1}).`;
  for (const part of JSONPath.toPathArray(path)) {
    const problem = /^\?\(.*\)$/s.test(part) ? expressionProblem(part) : undefined;
    if (problem !== undefined)
      return `"${path}" is not a JSONPath: ${problem} in ${part} (character ${path.indexOf(part) + 1}).`;
  }
  return undefined;
}

/** Of an expression that is tried with an object; that the object lacks something is no fault of it. */
function expressionProblem(part: string): string | undefined {
  try {
    JSONPath({ path: `$[${part}]`, json: [{}], eval: 'safe' });
    return undefined;
  } catch (thrown) {
    // Only whoever reads an expression describes what is wrong with it.
    const { description } = thrown as { readonly description?: unknown };
    return typeof description === 'string' ? withSmallInitial(description) : undefined;
  }
}

function withSmallInitial(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

const closing: Readonly<Record<string, string>> = { '[': ']', '(': ')' };

function unbalanced(path: string): { readonly what: string; readonly index: number } | undefined {
  if (path.trim() === '') return { what: 'it is empty', index: 0 };
  const open: { readonly mark: string; readonly index: number }[] = [];
  for (let index = 0; index < path.length; index += 1) {
    const mark = path[index] ?? '';
    if (mark === "'" || mark === '"') {
      // Outside of brackets, it is part of a name.
      if (open.length === 0) continue;
      const end = path.indexOf(mark, index + 1);
      if (end === -1) return { what: `${mark} is not closed`, index };
      index = end;
    } else if (closing[mark] !== undefined) open.push({ mark, index });
    else if (mark === ']' || mark === ')') {
      const last = open.pop();
      if (last === undefined || closing[last.mark] !== mark)
        return { what: `"${mark}" closes nothing`, index };
      if (mark === ']' && last.index === index - 1)
        return { what: 'nothing stands in []', index: last.index };
    }
  }
  const last = open.at(-1);
  if (last !== undefined) return { what: `"${last.mark}" is not closed`, index: last.index };
  if (/[^.]\.$/.test(path)) return { what: 'no name follows "."', index: path.length - 1 };
  return undefined;
}
