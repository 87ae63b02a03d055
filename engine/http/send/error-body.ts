import { isObject, type JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';

/*
 * Some APIs answer an error with the status of a success. What their bodies have in common: a field for errors that is not
 * empty, a flag, a code or a verdict that says no, or a message and nothing else. Names are compared without case, signs and
 * namespaces: `error_message`, `ErrorMessage`, `soap:Fault`.
 */

const errorName =
  /^(?:is|has|last|api|server|response)?(?:error|err|fault|exception|failure)s?(?:messages?|msg|descriptions?|details?|codes?|infos?|strings?|texts?|no|num|number)?$/;
/** A text that is for whoever asked. */
const speechName = /^(?:(?:status|user|developer|server|response|result)?(?:messages?|msg)|details?)$/;
/** The same, and what a thing may have as well. */
const messageName = new RegExp(`${speechName.source}|^(?:description|reason|title)$`);
const flagName = /^(?:is|was)?(?:ok|success|successful|succeeded)$/;
const verdictName =
  /^(?:api|response|result|request|query)?(?:status|stat|state|result|outcome)(?:text|type|name|code)?$/;
const codeName = /^(?:http|api|response|result|return|ret)?(?:status)?(?:code|status|ret|code?value)$/;

/** What says which answer it is, not what is in it. An `id` is none of them: it makes a body the thing itself. */
const incidentalName =
  /(?:request|trace|correlation|transaction|log|event)id$|(?:url|uri|timestamp|version|type|instance|host|path|method|help|documentation|docs)$|^(?:time|date|level|jsonrpc|server|retryafter)$/;

const idName = /^(?:id|uuid|guid)$/;

/** Objects beside the records in which APIs tell how it went. */
const wrapperName =
  /^(?:meta(?:data|info)?|heade?r?s?|envelope|response(?:status|metadata|header|info)?|status|result|stat)$/;

const failureWord =
  /^(?:err|fail|fault|exception|denied|forbidden|unauthori[sz]ed|invalid|reject|refused|not[ _-]?ok$|n?ok?o$|throttl|rate[ _-]?limit|too[ _-]?many|timed?[ _-]?out|unavailable|critical|fatal|abort|internal)/i;

const goodWords =
  /^(?:ok(?:ay)?|done|completed?|accepted|true|yes|none|null|nil|false|no|0|n\/?a|-)?[.!]?$|(?<!un)(?<!not )success/i;

/** An API that says in words that there is nothing, and nothing about whoever asks. */
const nothingWords =
  /\b(?:no|zero|0|without(?: any)?|not(?: have)? any)\s+(?:\S+\s+){0,3}?(?:records?|results?|rows?|data|items?|entries|entry|match(?:es)?|content|documents?|objects?|more\b|found|available)\b|\bnothing\b|\bis empty\b/i;
const askerWords =
  /\b(?:key|token|credentials?|permissions?|access|authori[sz]ation|account|user|subscription|scope)\b/i;

/** What is said of an answer that is an error. */
export const errorInstead = 'is an error, and no page of records';

/**
 * What an answer says when it is an error in spite of its status, in its own words; undefined when it says nothing of the
 * kind. `along` are the objects in it that lead to where its records would be: an error may stand in each of them.
 */
export function errorSaidIn(document: unknown, along: readonly unknown[] = [document]): string | undefined {
  for (const place of along) if (isObject(place) && isError(place)) return wordsOf(place, document);
  if (!isObject(document)) return undefined;
  for (const [name, value] of Object.entries(document)) {
    if (!isObject(value) || along.includes(value) || !wrapperName.test(plain(name))) continue;
    if (isError(value) && !isMereMessage(fieldsOf(value))) return wordsOf(value, document);
  }
  return undefined;
}

type Field = readonly [name: string, value: unknown];

function isError(place: JsonObject): boolean {
  const fields = fieldsOf(place);
  return (
    fields.some(([name, value]) => errorName.test(name) && tells(value)) ||
    isRefusal(fields) ||
    isMereMessage(fields)
  );
}

function fieldsOf(place: JsonObject): readonly Field[] {
  return Object.entries(place).map(([name, value]) => [plain(name), value]);
}

function plain(name: string): string {
  return name
    .replace(/^.*[:}]/, '')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
}

/** Whether what stands in a field for errors is one: neither empty, nor "none", nor the code of a success. */
function tells(value: unknown): boolean {
  if (typeof value === 'string') return !isGood(value);
  if (typeof value === 'number' || typeof value === 'bigint') return !isGoodCode(Number(value));
  if (Array.isArray(value)) return value.some(tells);
  if (isObject(value)) {
    const fields = fieldsOf(value);
    const says = fields.filter(([name]) => !incidentalName.test(name));
    const isFine = says.some(([name, code]) => codeName.test(name) && isGoodCode(numberIn(code)));
    return !isFine && says.some(([, part]) => tells(part));
  }
  return value === true;
}

/** A flag, a verdict or a code that says no. What has an id is a thing, whose state and code are its own. */
function isRefusal(fields: readonly Field[]): boolean {
  const texts = textsOf(fields, speechName);
  if (texts.some(isGood)) return false;
  const isThing = fields.some(([name]) => idName.test(name));
  const isAlone = fields.every(
    ([name, value]) => isAside(name) || messageName.test(name) || isNothing(value),
  );
  return fields.some(([name, value]) => {
    if (flagName.test(name)) return value === false || /^(?:false|no|0)$/i.test(String(value));
    if (isThing) return false;
    if (verdictName.test(name) && typeof value === 'string' && failureWord.test(value))
      return isAlone || texts.length > 0;
    if (!codeName.test(name)) return false;
    const code = numberIn(value);
    if (code >= 400 && code < 600) return true;
    return Number.isFinite(code) && !isGoodCode(code) && name.includes('code') && texts.length > 0;
  });
}

/** A message is all that there is, and it speaks neither of a success nor of an empty list. */
function isMereMessage(fields: readonly Field[]): boolean {
  const texts = textsOf(fields, messageName);
  if (texts.length === 0 || texts.some(isGood)) return false;
  return fields.every(([name, value]) => messageName.test(name) || (isAside(name) && !saysGood(name, value)));
}

/** A flag, a verdict or a code of a success. A status of 0 or 1 is said of either. */
function saysGood(name: string, value: unknown): boolean {
  if (flagName.test(name)) return value === true || value === 'true';
  const code = numberIn(value);
  if (codeName.test(name) && isGoodCode(code)) return code > 0 || name.includes('code');
  return (
    verdictName.test(name) && typeof value === 'string' && value !== '' && isGood(value) && Number.isNaN(code)
  );
}

function isAside(name: string): boolean {
  return (
    incidentalName.test(name) ||
    codeName.test(name) ||
    verdictName.test(name) ||
    flagName.test(name) ||
    errorName.test(name)
  );
}

function isNothing(value: unknown): boolean {
  return typeof value === 'object' ? Object.keys(value ?? {}).length === 0 : !value;
}

function textsOf(fields: readonly Field[], names: RegExp): readonly string[] {
  return fields.flatMap(([name, value]) => {
    const text = names.test(name) ? wordsIn(value)?.trim() : undefined;
    return text === undefined || text === '' ? [] : [text];
  });
}

function isGood(text: string): boolean {
  const words = text.trim();
  return goodWords.test(words) || (nothingWords.test(words) && !askerWords.test(words));
}

/** Zero, one of HTTP's for success; not a number is no code. */
function isGoodCode(code: number): boolean {
  return code === 0 || (code >= 200 && code < 300);
}

function numberIn(value: unknown): number {
  return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))
    ? Number(value)
    : Number.NaN;
}

/** What a message says, or a field for errors; where neither has words, the body itself. */
function wordsOf(place: JsonObject, document: unknown): string {
  return wordsIn(place)?.trim() || toJsonText(document);
}

function wordsIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(wordsIn).filter(Boolean).join(', ') || undefined;
  if (!isObject(value)) return undefined;
  const fields = fieldsOf(value);
  const said = (names: RegExp) =>
    fields.map(([name, part]) => (names.test(name) && tells(part) ? wordsIn(part) : undefined)).find(Boolean);
  return said(speechName) ?? said(errorName) ?? said(messageName);
}
