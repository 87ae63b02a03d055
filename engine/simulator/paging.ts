import type { PageStopReason } from '../contract/decision.ts';
import type { PaginationStrategy } from '../contract/families.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { combinations, fieldsOf } from './page-fields.ts';
import {
  alwaysStopsBy,
  leads,
  mostTries,
  type PagingParts,
  smallSize,
  stops,
  succeeds,
} from './page-trials.ts';
import type { PageWords } from './page-values.ts';
import { textsIn } from './texts-in.ts';

/** How a paginator is led from page to page. */
export interface Paging {
  readonly words: PageWords;
  /** Records per page, where the request does not say. */
  readonly size: number | undefined;
  /** Parameters that its templates look for in the address of the next page. */
  readonly params: readonly string[];
  /** Why no second page is asked for, whatever the first one says; undefined when one is. */
  readonly problem: string | undefined;
  /** Then: what ends the pages whatever an answer says, where that is always the same. */
  readonly stopsBy?: PageStopReason | undefined;
}

const noWords: PageWords = Object.freeze({ body: [], headers: [] });

/**
 * Finds out what an answer has to say so that the paginator asks for a second and a third page and then stops, by asking
 * the paginator itself.
 */
export async function findPaging(parts: PagingParts): Promise<Paging> {
  const { node, strategy, requestedSize } = parts;
  if (strategy === undefined) return { words: noWords, size: undefined, params: [], problem: undefined };
  const fields = fieldsOf(parts);
  const params = paramsIn(node);
  const known = [requestedSize, sizeOf(strategy), ...numbersIn(node)]
    .filter((size) => size !== undefined)
    // Who asks for -1 wants all there is, and the API decides.
    .filter((size) => size > 0);
  const sizes = new Set(known.length === 0 ? [smallSize] : known);
  let tries = 0;
  for (const size of sizes) {
    for (const words of combinations(fields)) {
      if (++tries > mostTries) break;
      if (await succeeds(() => leads({ ...parts, params, paginator: parts.paginator() }, words, size)))
        return { words, size, params, problem: undefined };
    }
  }
  for (const words of combinations(fields)) {
    if (tries-- < -mostTries) break;
    if (await succeeds(() => stops({ ...parts, params, paginator: parts.paginator() }, words, smallSize)))
      return {
        words,
        size: undefined,
        params,
        problem: noSecondPage,
        stopsBy: await alwaysStopsBy({ ...parts, params }, fields),
      };
  }
  return { words: noWords, size: undefined, params, problem: noEnd };
}

const noSecondPage = 'no answer that was tried makes it ask for a second page';
const noEnd = 'no answer that was tried makes it stop';

function sizeOf(strategy: PaginationStrategy): number | undefined {
  try {
    return strategy.pageSize;
  } catch {
    // It is only known from a response.
    return undefined;
  }
}

/** Names before the first group of a regex: `page=(\\d+)`. */
function paramsIn(node: ManifestNode | undefined): readonly string[] {
  const texts = [...textsIn(node)].filter((text) => text.includes('regex'));
  return texts.flatMap((text) =>
    [...text.matchAll(/([$\w.\-[\]\\]+)=\(/g)].map(([, name = '']) => name.replaceAll('\\', '')),
  );
}

/** Numbers that its templates compare with are sizes of pages more often than not. */
function numbersIn(node: ManifestNode | undefined): readonly number[] {
  const numbers = [...textsIn(node)].flatMap((text) =>
    [...text.matchAll(/(?<![\w.'"[])\d{1,5}\b/g)].map(Number),
  );
  return numbers.filter((number) => number > 1);
}
