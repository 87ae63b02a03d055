import type { Token } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { nodeCrypto } from '../../util/bytes/node-crypto.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { createRepeatedAnswers } from './repeated-answers.ts';

/** A page that came this often, and no other, will go on coming. */
const repetitions = 3;

/** What a page was asked for by, and what the API found for it, before any filter. */
export interface PageSeen {
  /** Undefined for the first page. */
  readonly token: Token | undefined;
  readonly count: number;
  readonly first: unknown;
  readonly last: unknown;
}

export interface PagingProgress {
  /** Called with every page that another one follows. Throws ConnectorError when the paging goes in a circle. */
  seen(page: PageSeen): void;
}

export interface PagingProgressOptions {
  readonly stream: string;
  /** Records have a key, so two of them are never alike. */
  readonly hasPrimaryKey: boolean;
  /** Pages of one slice. */
  readonly limit: number;
  /** Told why it is about to throw. */
  readonly onStop?: ((reason: 'limit' | 'repeated token') => void) | undefined;
}

/**
 * Notices that a slice's paging never ends: a token that is answered with a page that it was answered with before, or
 * one page for all tokens, which the API then does not look at. A token alone says little: the one of a scroll stays the
 * same while its pages go on.
 */
export function createPagingProgress(options: PagingProgressOptions): PagingProgress {
  const { stream, hasPrimaryKey, limit, onStop } = options;
  const answers = createRepeatedAnswers();
  let pages = 0;
  let previous: string | undefined;
  let inARow = 0;

  function fail(what: string, advice: string): never {
    onStop?.('repeated token');
    throw new ConnectorError(`Paging of stream "${stream}" makes no progress: ${what}. ${advice}`, {
      kind: 'system_error',
    });
  }

  return {
    seen({ token, count, first, last }) {
      pages += 1;
      if (pages >= limit) {
        onStop?.('limit');
        throw new ConnectorError(
          `A slice of stream "${stream}" has more than ${limit} pages. If it is really that long, allow more of them with "${maxPagesKey}" in the config.`,
          { kind: 'system_error' },
        );
      }
      const [start, end] = [toJsonText(first ?? null), toJsonText(last ?? null)];
      const page = nodeCrypto().createHash('sha1').update(`${count} ${start} ${end}`).digest('base64');
      const value = token?.next_page_token;
      const text = token === undefined ? undefined : toJsonText(value);

      const times = answers.count(`${page} ${text}`);
      if (text !== undefined && times >= repetitions) {
        fail(
          `the API has answered the page token ${text} with the same page ${times} times`,
          'Does "cursor_value" find the token of the next page, and does the API take it where "page_token_option" puts it?',
        );
      }

      inARow = page === previous ? inARow + 1 : 1;
      previous = page;
      // Pages of records without anything of their own, such as counts, may well be alike.
      const isTelling = hasPrimaryKey || start !== end || typeof value === 'number';
      if (count > 0 && isTelling && inARow >= repetitions) {
        fail(
          `the API has answered ${times === 1 ? 'different page tokens' : 'the page tokens'} with the same page ${inARow} times, the last one ${text}`,
          'Does the API take the token where "page_token_option" puts it?',
        );
      }
    },
  };
}

/** The field of a config that says how many pages a slice may have. The platform's own fields begin alike. */
export const maxPagesKey = '__manifold_max_pages_per_slice';

/** Far more than a stream has: a paging that always finds another token still ends. */
const defaultMaxPages = 1_000_000;

/** How many pages a slice may have. Throws ConnectorError when the config says something that is no number of pages. */
export function maxPagesOf(config: Readonly<Record<string, unknown>>): number {
  const value = config[maxPagesKey];
  if (value === undefined || value === null) return defaultMaxPages;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  throw new ConnectorError(
    `"${maxPagesKey}" in the config must be a whole number of at least 1, not ${toJsonText(value)}.`,
    { kind: 'config_error' },
  );
}
