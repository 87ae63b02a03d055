import type { Operation } from '../init/api.ts';
import { fromOpenApi } from '../init/from-openapi.ts';
import type { JsonObject } from '../util/json/json.ts';

/** The operations that a description of an API has for a path, whether the path is written with its base or without. */
export interface DescribedOperations {
  /** Of all methods. `{}` in the path stands for what only a sync knows. */
  at(path: string): readonly Operation[];
}

/** Reads a description by OpenAPI 3 or Swagger 2. */
export function describedOperations(document: JsonObject): DescribedOperations {
  const { operations, baseUrl } = fromOpenApi(document);
  const prefix = URL.canParse(baseUrl) ? new URL(baseUrl).pathname.replace(/\/$/, '') : '';
  return {
    at(path) {
      const matching = operations.filter(
        (operation) => isSame(path, `${prefix}${operation.path}`) || isSame(path, operation.path),
      );
      // `/items/search` is no item with the id "search", where both are described.
      const literal = matching.filter((operation) => !operation.path.includes('{'));
      return literal.length > 0 ? literal : matching;
    },
  };
}

function isSame(path: string, described: string): boolean {
  const [mine, theirs] = [stepsOf(path), stepsOf(described)];
  return (
    mine.length === theirs.length &&
    mine.every(
      (step, index) => step.includes('{}') || /\{.*\}/.test(theirs[index] ?? '') || step === theirs[index],
    )
  );
}

function stepsOf(path: string): readonly string[] {
  return path
    .replace(/\/+$/, '')
    .split('/')
    .filter((step) => step !== '');
}
