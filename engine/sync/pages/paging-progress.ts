import type { Token } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { nodeCrypto } from '../../util/bytes/node-crypto.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { createCircles } from './circles.ts';
import type { RecordSet } from './record-set.ts';
import { createRepeatedAnswers } from './repeated-answers.ts';

/** A page that came this often, and no other, will go on coming. */
const repetitions = 3;

/** What a page was asked for by, and what the API found for it, before any filter. */
export interface PageSeen {
  /** Undefined for the first page. */
  readonly token: Token | undefined;
  /** Its number, from 1. */
  readonly page: number;
  readonly count: number;
  readonly first: unknown;
  readonly last: unknown;
  /** All of them, where they were looked at. */
  readonly set: RecordSet | undefined;
}

export interface PagingProgress {
  /** Called with every page that another one follows. Throws ConnectorError when the paging goes in a circle. */
  seen(page: PageSeen): void;
}

export interface PagingProgressOptions {
  readonly stream: string;
  /** Records have a key, so two of them are never alike. */
  readonly hasPrimaryKey: boolean;
  readonly limits: PageLimits;
  /** Told why it is about to throw. */
  readonly onStop?: ((reason: 'limit' | 'repeated token') => void) | undefined;
}

/** How many pages one slice may have, and how many without a record in a row. */
export interface PageLimits {
  readonly pages: number;
  readonly empty: number;
}

/**
 * Notices that a slice's paging never ends: a token that is answered with a page that it was answered with before, or
 * one page for all tokens, which the API then does not look at; the same records under ever new tokens, in whatever order;
 * ever new tokens for nothing. A token alone says little: the one of a scroll stays the same while its pages go on. A few
 * empty pages say little too: an API that filters what it has looked at gives many.
 */
export function createPagingProgress(options: PagingProgressOptions): PagingProgress {
  const { stream, hasPrimaryKey, limits, onStop } = options;
  const circles = createCircles();
  const answers = createRepeatedAnswers();
  let pages = 0;
  let previous: string | undefined;
  let inARow = 0;
  let empty = 0;

  function fail(what: string, advice: string): never {
    onStop?.('repeated token');
    throw new ConnectorError(`Paging of stream "${stream}" makes no progress: ${what}. ${advice}`, {
      kind: 'system_error',
    });
  }

  function exceeded(what: string): never {
    onStop?.('limit');
    throw new ConnectorError(
      `A slice of stream "${stream}" has more than ${what}. If it is really that long, allow more of them with "${maxPagesKey}" in the config.`,
      { kind: 'system_error' },
    );
  }

  return {
    seen({ token, page: number, count, first, last, set }) {
      pages += 1;
      if (pages >= limits.pages) exceeded(`${limits.pages} pages`);
      empty = count === 0 ? empty + 1 : 0;
      if (empty >= limits.empty) exceeded(`${limits.empty} pages without a record, one after the other`);
      if (set !== undefined && count > 0) {
        const circle = circles.seen(number, set);
        if (circle !== undefined)
          fail(circle, 'Does the API take the token where "page_token_option" puts it?');
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
const maxPagesKey = '__manifold_max_pages_per_slice';

/** Far more than a stream has: a paging that always finds another token still ends. */
const defaultLimits: PageLimits = { pages: 1_000_000, empty: 1000 };

/**
 * How many pages a slice may have; who names a number in the config allows as many empty ones. Throws ConnectorError when the
 * config says something that is no number of pages.
 */
export function pageLimitsOf(config: Readonly<Record<string, unknown>>): PageLimits {
  const value = config[maxPagesKey];
  if (value === undefined || value === null) return defaultLimits;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0)
    return { pages: value, empty: value };
  throw new ConnectorError(
    `"${maxPagesKey}" in the config must be a whole number of at least 1, not ${toJsonText(value)}.`,
    { kind: 'config_error' },
  );
}
