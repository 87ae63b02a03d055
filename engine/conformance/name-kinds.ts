import { isIdWord } from '../util/text/id-words.ts';

/** What the name of a field says of its values, by its words. */
export type NameKind = 'question' | 'moment' | 'amount' | 'text' | 'id';

export const asks =
  /^(?:is|has|can|may|must|should|was|show|display|hide|allow|enable|disable|use|include|exclude|send|require|auto|force|calculate|follows|needs|with|without|no|not|default|skip|ignore|persist|limit|set|over|under|exceeds|outside|inside|within|during|pays|accepts|charges|owns|receives) |(?:^| )(?:can|has|is|use|uses|show|display|include|change|needs|required) /;

/** Questions that have no other answer than yes or no: `default_currency` and `display_name` begin like one, too. */
const begins =
  /^(?:is|has|have|can|was|are|should|must|may|allows?|enables?|hide|includes?|requires?|supports?|needs|show|uses?|wants?) /;
const asksOtherwise =
  / (?:name|ids?|type|url|value|rate|order|count|quantity|time|date|at|on|by|to|from|description|items|number)$/;

/** What is so or is not, unless it is counted or dated. */
const state =
  /(?:^| )(?:enabled|disabled|deleted|archived|hidden|locked|verified|billable|published|visible|confirmed|blocked|active|approved|editable|readonly|required|mandatory|billed|muted|pinned|starred|featured|trashed|subscribed|taxable|suspended|allowed|public|private|only)$/;
const counted =
  /^(?:date|time|days|number|num|count|total|percent|last|at|user|minutes|hours|seconds|amount|sum|avg) /;

const moment =
  /(?:^|.* )(?:\S+(?:ed|[sdntwg]) at|\S+(?:ed|[sd]) on|date|datetime|date time|timestamp|(?:created|updated|modified|deleted|closed|completed|published|started|ended|changed|sent|archived|expires?|expiration|expiry|modification|creation|start|end|due|begin|finish|last|first) (?:date|time|at|on)|(?:last|date|time) (?:created|updated|modified|changed|deleted|sent|closed|added|accessed|activity|login|seen))$|^(?:last )?(?:created|updated|modified)$/;

const amount =
  /(?:^|.* )(?:count|total|amount|price|quantity|qty|width|height|latitude|longitude|lat|lng|duration|percent|percentage|weight|score|balance|cost|hours|minutes|seconds|days|revenue|fee|tax|subtotal|budget|discount|clicks|views|opens|rate|limit|size)$|^(?:number of|num|count of|max|min|maximum|minimum|avg|average) /;
/** How many of something are, were or have to be so: `approvals_required`. */
const countedThings =
  /[^su]s (?:allowed|approved|archived|billed|blocked|confirmed|deleted|published|required|subscribed|trashed)$/;
/** An amount in words, such as "1 h 20 min", or whether one is reached. */
const inWords =
  /^(?:on|off|over|under|by) |(?:^| )(?:formatted|display|text|label|string|currency|unit|date|due)(?: |$)/;

const text =
  /(?:^|.* )(?:name|title|description|url|uri|email|text|label|notes?|comments?|address|city|country|phone|currency|color|language|message|subject|image|icon|avatar|slug|locale|street|zip|website|filename|link|html|summary|caption|domain|username|token|signature|role|region|symbol|reason|path|category|self|sku|unit|prefix|suffix|key|method|format|body|logo|photo|picture|zone|industry|kind)$/;

export function nameKind(words: string): NameKind | undefined {
  if (
    (begins.test(words) && !asksOtherwise.test(words)) ||
    (state.test(words) && !counted.test(words) && !countedThings.test(words))
  )
    return 'question';
  if (asks.test(words)) return undefined;
  if (moment.test(words)) return 'moment';
  if (isIdWord(words.split(' ').at(-1) ?? '')) return 'id';
  if (amount.test(words) && !inWords.test(words)) return 'amount';
  return text.test(words) ? 'text' : undefined;
}
