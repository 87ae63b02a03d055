import type { Operation } from '../init/api.ts';
import { fromOpenApi } from '../init/from-openapi.ts';
import type { JsonObject } from '../util/json/json.ts';

/** The operations that a description of an API has for a path, whether the path is written with its base or without. */
export interface DescribedOperations {
  /** Of all methods, the likeliest path first. `{}` in the path stands for what only a sync knows. */
  at(path: string): readonly Operation[];
}

/** Reads a description by OpenAPI 3 or Swagger 2. */
export function describedOperations(document: JsonObject): DescribedOperations {
  const { operations, baseUrl } = fromOpenApi(document);
  const prefix = URL.canParse(baseUrl) ? new URL(baseUrl).pathname.replace(/\/$/, '') : '';
  return {
    at(path) {
      const matching = operations.flatMap((operation) => {
        const likeness = likenessOf(path, `${prefix}${operation.path}`) ?? likenessOf(path, operation.path);
        return likeness === undefined ? [] : [{ operation, ...likeness }];
      });
      const fewest = Math.min(...matching.map(({ taken }) => taken));
      return matching
        .filter(({ taken }) => taken === fewest)
        .sort((one, other) => one.guessed - other.guessed)
        .map(({ operation }) => operation);
    },
  };
}

interface Likeness {
  /** Steps of a path that the described one has as a parameter: `/items/search` is no item, where both are described. */
  readonly taken: number;
  /** Steps that only a sync knows, and that the described path has as they are: `/items/{}` is hardly `/items/search`. */
  readonly guessed: number;
}

/** Undefined where it is another path. */
function likenessOf(path: string, described: string): Likeness | undefined {
  const [mine, theirs] = [stepsOf(path), stepsOf(described)];
  if (mine.length !== theirs.length) return undefined;
  let [taken, guessed] = [0, 0];
  for (const [index, step] of mine.entries()) {
    const other = theirs[index] ?? '';
    const [isOpen, isParameter] = [step.includes('{}'), /\{.*\}/.test(other)];
    if (!isOpen && !isParameter && step !== other) return undefined;
    if (!isOpen && isParameter) taken += 1;
    if (isOpen && !isParameter) guessed += 1;
  }
  return { taken, guessed };
}

function stepsOf(path: string): readonly string[] {
  return path
    .replace(/\/+$/, '')
    .split('/')
    .filter((step) => step !== '');
}
